import { Checkbox } from '@mantine/core';
import type { InputProps } from '../field-input.tsx';

/** Yes or no. */
export function Input({ id, value, onChange, error, disabled, autoFocus, describedBy }: InputProps) {
  return (
    <Checkbox
      id={id}
      checked={value === true}
      error={Boolean(error)}
      disabled={disabled ?? false}
      onChange={(event) => onChange(event.currentTarget.checked)}
      py={8}
      {...(autoFocus ? { autoFocus: true, 'data-autofocus': true } : {})}
      {...(describedBy ? { 'aria-describedby': describedBy } : {})}
    />
  );
}
