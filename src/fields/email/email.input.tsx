import { TextInput } from '@mantine/core';
import type { InputProps } from '../field-input.tsx';
import { inputAttributes } from '../input-attributes.tsx';

/** An e-mail address; phones show the keyboard for it. */
export function Input(props: InputProps) {
  return (
    <TextInput
      {...inputAttributes(props)}
      inputMode="email"
      spellCheck={false}
      autoCapitalize="none"
      value={typeof props.value === 'string' ? props.value : ''}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
