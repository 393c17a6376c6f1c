import { Input, NativeSelect, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Input as DateInput } from '../../../fields/date/date.input.tsx';
import type { FieldDescription } from '../../../model/description.ts';
import classes from './FilterBar.module.css';
import { daysFromToday, fromToday } from './filter-value.ts';

/** A day of the calendar, or one counted from today, so that the filter means the same tomorrow. */
export function DayInput({
  field,
  label,
  value,
  onChange,
  isBare = false,
}: {
  readonly field: FieldDescription;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The label is read out only: the line it stands on says what it is. */
  readonly isBare?: boolean;
}) {
  const { t } = useTranslation();
  const id = useId();
  const days = daysFromToday(value);
  const isRelative = days !== null;
  return (
    <Input.Wrapper
      label={label}
      size="xs"
      id={id}
      labelProps={{ htmlFor: id, ...(isBare ? { className: 'r-hidden' } : {}) }}
    >
      <div className={classes.pair}>
        <NativeSelect
          size="xs"
          aria-label={label}
          value={isRelative ? 'relative' : 'exact'}
          onChange={(event) => onChange(event.currentTarget.value === 'relative' ? fromToday(0) : '')}
          data={[
            { value: 'exact', label: t('days.exact') },
            { value: 'relative', label: t('days.relative') },
          ]}
        />
        {isRelative ? (
          <TextInput
            id={id}
            size="xs"
            type="number"
            aria-label={t('days.offset')}
            title={t('days.offsetHelp')}
            value={days}
            onChange={(event) => onChange(fromToday(Math.trunc(Number(event.currentTarget.value) || 0)))}
          />
        ) : (
          <DateInput
            id={id}
            field={field}
            value={value}
            compact
            onChange={(day) => onChange(typeof day === 'string' ? day : '')}
          />
        )}
      </div>
    </Input.Wrapper>
  );
}
