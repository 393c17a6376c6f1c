import type { InputProps } from '../field-input.tsx';
import { NumberBox } from '../number-box.tsx';

/** A whole number. */
export function Input(props: InputProps) {
  return (
    <NumberBox {...props} toValue={(decimal) => (/^-?\d{1,15}$/.test(decimal) ? Number(decimal) : decimal)} />
  );
}
