import { Textarea } from '@mantine/core';
import type { InputProps } from '../field-input.tsx';
import { inputAttributes } from '../input-attributes.tsx';

/** A text of several lines; the box grows with it. */
export function Input(props: InputProps) {
  const max = props.field.options['max'];
  return (
    <Textarea
      {...inputAttributes(props)}
      autosize
      minRows={props.compact ? 1 : 3}
      maxRows={18}
      {...(typeof max === 'number' ? { maxLength: max } : {})}
      value={typeof props.value === 'string' ? props.value : ''}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
