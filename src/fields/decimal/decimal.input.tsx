import type { InputProps } from '../field-input.tsx';
import { NumberBox } from '../number-box.tsx';

/** A decimal number, kept as it is typed to its last digit. */
export function Input(props: InputProps) {
  return <NumberBox {...props} />;
}
