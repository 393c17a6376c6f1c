import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { parseNumberText } from '../lib/number-text.ts';
import type { InputProps } from './field-input.tsx';
import { useFieldView } from './field-view.tsx';
import { formatDecimal } from './format.browser.ts';
import { inputAttributes } from './input-attributes.tsx';
import { useTypedText } from './use-typed-text.browser.ts';

/** A box for a number as people of the reader's language write it; the value stays a decimal string. */
export function NumberBox({
  unit,
  toValue = (decimal) => decimal,
  keepsZeros = false,
  ...props
}: InputProps & {
  /** A sign at the end: `%`. */
  readonly unit?: ReactNode;
  /** The value to send for a decimal string. */
  readonly toValue?: (decimal: string) => unknown;
  /** Of money: `12.50` isn't shown as `12.5`. */
  readonly keepsZeros?: boolean;
}) {
  const { locale } = useFieldView();
  const plain = (value: unknown): string => (keepsZeros ? String(value) : trimmed(String(value)));
  const sign = locale === 'en' ? '.' : ',';
  const text = useTypedText(props.value, props.onChange, {
    write: (value) => (isNumeric(value) ? plain(value).replace('.', sign) : textOf(value)),
    show: (value) => (isNumeric(value) ? formatDecimal(locale, plain(value)) : textOf(value)),
    read: (typed) => {
      const read = parseNumberText(typed, sign);
      return read === null ? typed : toValue(read);
    },
  });
  return (
    <TextInput
      {...inputAttributes(props)}
      inputMode="decimal"
      value={text.value}
      onChange={(event) => text.onChange(event.currentTarget.value)}
      onFocus={text.onFocus}
      onBlur={() => {
        text.onLeave();
        props.onBlur?.();
      }}
      styles={{ input: { fontVariantNumeric: 'tabular-nums' } }}
      {...(unit ? { rightSection: unit, rightSectionPointerEvents: 'none' as const } : {})}
    />
  );
}

const isNumeric = (value: unknown): boolean => /^-?\d+(\.\d+)?$/.test(String(value ?? ''));

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** Zeros that only fill up to the scale aren't typed again. */
const trimmed = (decimal: string): string =>
  decimal.includes('.') ? decimal.replace(/0+$/, '').replace(/\.$/, '') : decimal;
