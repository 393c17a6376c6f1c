import { TextInput } from '@mantine/core';
import { Calendar } from '../calendar.tsx';
import { dayPattern, readDay, todayIn, writeDay } from '../day-text.browser.ts';
import type { InputProps } from '../field-input.tsx';
import { useFieldView } from '../field-view.tsx';
import { inputAttributes } from '../input-attributes.tsx';
import { useTypedText } from '../use-typed-text.browser.ts';

/** A day, typed as people of the reader's language write it, or picked in a calendar. */
export function Input(props: InputProps) {
  const { locale, timeZone } = useFieldView();
  const today = todayIn(timeZone);
  const text = useTypedText(props.value, props.onChange, {
    write: (value) => (typeof value === 'string' ? writeDay(locale, value) : ''),
    read: (typed) => readDay(locale, typed, today) ?? typed,
  });
  const day = typeof props.value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(props.value) ? props.value : null;
  return (
    <TextInput
      {...inputAttributes(props)}
      placeholder={dayPattern[locale]}
      value={text.value}
      onChange={(event) => text.onChange(event.currentTarget.value)}
      onFocus={text.onFocus}
      onBlur={() => {
        text.onLeave();
        props.onBlur?.();
      }}
      rightSection={
        <Calendar day={day} today={today} onPick={props.onChange} disabled={props.disabled ?? false} />
      }
    />
  );
}
