import { Progress as Bar, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal, numberFormat } from '../../fields/format.browser.ts';
import type { ImportSet } from '../../model/import.ts';
import { tellFailure } from '../app/tell.ts';
import { useImportAct } from './import-data.ts';
import classes from './Progress.module.css';
import { useRate } from './use-rate.ts';

/** How far a job is, how fast it goes and how long it still takes. */
export function Progress({
  title,
  words,
  done,
  all,
  unit = 'rows',
  set,
}: {
  readonly title: string;
  readonly words: string;
  readonly done: number;
  readonly all: number;
  /** What is counted. */
  readonly unit?: 'rows' | 'records';
  /** The import that it is the progress of: which of its files it is at, and the way to cancel it. */
  readonly set: ImportSet;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const rate = useRate(done);
  const n = (value: number): string => formatDecimal(locale, value);
  const part = all > 0 ? Math.min(100, (done / all) * 100) : 0;
  const current = unit === 'rows' ? set.files.find((file) => file.position < file.rows) : undefined;
  const isWaiting = done === 0 && rate === null;
  return (
    <div className={classes.progress}>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.words}>{words}</p>
      <Bar
        // Waiting fills the bar; what follows must not be seen shrinking from there.
        key={isWaiting ? 'waiting' : 'known'}
        value={isWaiting ? 100 : part}
        size="lg"
        radius="xl"
        striped={isWaiting}
        animated={isWaiting}
        className={isWaiting ? classes.waiting : undefined}
        aria-label={title}
        {...(isWaiting ? { 'aria-valuetext': t('imports.progressWords.waiting') } : {})}
      />
      <p className={classes.figures} role="status">
        <span>
          {isWaiting
            ? t('imports.progressWords.waiting')
            : t(`imports.progressWords.${unit}`, { done: n(done), all: n(all) })}
          {current && set.files.length > 1 ? ` · ${current.fileName}` : null}
        </span>
        {rate !== null && rate > 0 && done < all ? (
          <span className={classes.rate}>
            {t(`imports.progressWords.${unit}Rate`, { n: n(Math.round(rate)) })}
            {' · '}
            {t('imports.progressWords.left', { time: duration(locale, (all - done) / rate) })}
          </span>
        ) : null}
      </p>
      {set.can.cancel ? <CancelButton set={set} /> : null}
    </div>
  );
}

/** Stops a check, which leaves nothing, or a run, of which everything up to now stays. */
function CancelButton({ set }: { readonly set: ImportSet }) {
  const { t } = useTranslation();
  const act = useImportAct(set.id);
  return (
    <Button
      variant="default"
      className={classes.cancel}
      loading={act.isPending}
      onClick={() => act.mutate('cancel', { onError: tellFailure })}
    >
      {set.state === 'checking' ? t('imports.check.cancel') : t('imports.run.cancel')}
    </Button>
  );
}

/** Seconds as a person says them: `40 seconds`, `3 minutes`. */
function duration(locale: string, seconds: number): string {
  const isShort = seconds < 90;
  return numberFormat(locale, {
    style: 'unit',
    unit: isShort ? 'second' : 'minute',
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(Math.max(1, Math.ceil(isShort ? seconds : seconds / 60)));
}
