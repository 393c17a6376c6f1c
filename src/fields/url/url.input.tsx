import { TextInput } from '@mantine/core';
import type { InputProps } from '../field-input.tsx';
import { inputAttributes } from '../input-attributes.tsx';

/** The address of a page. */
export function Input(props: InputProps) {
  return (
    <TextInput
      {...inputAttributes(props)}
      inputMode="url"
      spellCheck={false}
      autoCapitalize="none"
      placeholder="https://"
      value={typeof props.value === 'string' ? props.value : ''}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
