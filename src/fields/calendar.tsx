import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/es.js';
import 'dayjs/locale/fr.js';
import { ActionIcon, Popover } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import { labels } from '../lib/locale.ts';
import { useFieldView } from './field-view.tsx';
import classes from './parts.module.css';

const open = labels('Choose in a calendar', 'Choisir dans un calendrier', 'Elegir en un calendario');
const earlier = labels('Earlier', 'Avant', 'Anterior');
const later = labels('Later', 'Après', 'Siguiente');

/** A button that opens a calendar in the reader's language; picking a day closes it. */
export function Calendar({
  day,
  today,
  onPick,
  disabled,
}: {
  /** `YYYY-MM-DD`, or null. */
  readonly day: string | null;
  readonly today: string;
  readonly onPick: (day: string) => void;
  readonly disabled: boolean;
}) {
  const { locale } = useFieldView();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon size={26} aria-label={open[locale]} disabled={disabled} onClick={() => setOpen(!isOpen)}>
          <IconCalendar size={16} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.calendar} aria-label={open[locale]}>
        <DatePicker
          locale={locale}
          firstDayOfWeek={locale === 'en' ? 0 : 1}
          value={day}
          defaultDate={day ?? today}
          highlightToday
          weekendDays={[]}
          ariaLabels={{ previousMonth: earlier[locale], nextMonth: later[locale] }}
          onChange={(picked) => {
            if (picked) onPick(picked);
            setOpen(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
