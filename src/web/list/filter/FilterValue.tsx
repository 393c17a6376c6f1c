import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../../fields/field-view.tsx';
import { formatDay, formatDecimal } from '../../../fields/format.browser.ts';
import type { Subject } from './filter-kinds.ts';
import { type Draft, daysFromToday } from './filter-value.ts';
import { useRecordLabels } from './record-labels.ts';

/** A filter's value as people read it. */
export function FilterValue({ subject, draft }: { readonly subject: Subject; readonly draft: Draft }) {
  const text = useValueText(subject, draft);
  return text ? <strong title={text}>{text}</strong> : null;
}

function useValueText(subject: Subject, draft: Draft): string {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const ids = subject.kind === 'records' ? draft.items.filter((item) => item.length === 36) : [];
  const labelOf = useRecordLabels(subject.field.to, ids);

  const one = (text: string): string => {
    switch (subject.kind) {
      case 'yes-no':
        return text === 'true' ? t('values.yes') : t('values.no');
      case 'number':
        return /^-?\d+(\.\d+)?$/.test(text) ? formatDecimal(locale, text) : text;
      case 'day':
      case 'moment': {
        const days = daysFromToday(text);
        if (days === null) return /^\d{4}-\d\d-\d\d$/.test(text) ? formatDay(locale, text) : text;
        if (days === 0) return t('days.today');
        return days > 0 ? t('days.inDays', { count: days }) : t('days.daysAgo', { count: -days });
      }
      case 'codes':
        return subject.field.values.find(({ code }) => code === text)?.label ?? text;
      case 'records':
        return text === 'me' ? t('values.me') : (labelOf(text) ?? '…');
      default:
        return text;
    }
  };

  if (draft.choice === 'between')
    return `${draft.value ? one(draft.value) : '…'} – ${draft.until ? one(draft.until) : '…'}`;
  if (draft.items.length > 0) return draft.items.map(one).join(', ');
  return draft.value ? one(draft.value) : '';
}
