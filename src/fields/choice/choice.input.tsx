import { CodeSelect } from '../code-select.tsx';
import type { InputProps } from '../field-input.tsx';

/** One value of the list. */
export function Input(props: InputProps) {
  return <CodeSelect {...props} />;
}
