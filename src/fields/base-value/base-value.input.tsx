import { CodeSelect } from '../code-select.tsx';
import type { InputProps } from '../field-input.tsx';

/** One value of a list that an administrator keeps. */
export function Input(props: InputProps) {
  return <CodeSelect {...props} />;
}
