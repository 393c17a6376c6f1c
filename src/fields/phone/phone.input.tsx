import { TextInput } from '@mantine/core';
import type { InputProps } from '../field-input.tsx';
import { inputAttributes } from '../input-attributes.tsx';

/** A phone number as one writes it; the server finds its international form. */
export function Input(props: InputProps) {
  const { value } = props;
  const typed = value && typeof value === 'object' ? (value as { readonly typed?: string }).typed : value;
  return (
    <TextInput
      {...inputAttributes(props)}
      type="tel"
      inputMode="tel"
      value={typeof typed === 'string' ? typed : ''}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
