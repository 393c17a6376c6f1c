import { TextInput } from '@mantine/core';
import type { InputProps } from '../field-input.tsx';
import { inputAttributes } from '../input-attributes.tsx';

/** A text on one line; no longer than the field holds. */
export function Input(props: InputProps) {
  const max = props.field.options['max'];
  return (
    <TextInput
      {...inputAttributes(props)}
      {...(typeof max === 'number' ? { maxLength: max } : {})}
      value={typeof props.value === 'string' ? props.value : ''}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
