import { TextInput } from '@mantine/core';
import { parseInstantText } from '../../lib/instant-text.ts';
import { Calendar } from '../calendar.tsx';
import { dateOrder, dayPattern, todayIn, writeDay } from '../day-text.browser.ts';
import type { InputProps } from '../field-input.tsx';
import { useFieldView } from '../field-view.tsx';
import { inputAttributes } from '../input-attributes.tsx';
import { useTypedText } from '../use-typed-text.browser.ts';
import { wallClock } from '../wall-clock.browser.ts';

/** A moment, typed and shown on the wall clock of the reader's zone. */
export function Input(props: InputProps) {
  const { locale, timeZone } = useFieldView();
  const order = dateOrder(locale);
  const clock = wallClock(props.value, timeZone);
  const text = useTypedText(props.value, props.onChange, {
    write: (value) => {
      const read = wallClock(value, timeZone);
      if (read) return `${writeDay(locale, read.day)} ${read.time}`;
      return typeof value === 'string' ? value : '';
    },
    read: (typed) => parseInstantText(typed.trim(), order, timeZone) ?? typed,
  });
  return (
    <TextInput
      {...inputAttributes(props)}
      placeholder={`${dayPattern[locale]} 14:30`}
      value={text.value}
      onChange={(event) => text.onChange(event.currentTarget.value)}
      onFocus={text.onFocus}
      onBlur={() => {
        text.onLeave();
        props.onBlur?.();
      }}
      rightSection={
        <Calendar
          day={clock?.day ?? null}
          today={todayIn(timeZone)}
          disabled={props.disabled ?? false}
          onPick={(day) =>
            props.onChange(parseInstantText(`${day} ${clock?.time ?? '09:00'}`, 'ymd', timeZone))
          }
        />
      }
    />
  );
}
