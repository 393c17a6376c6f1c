import { Button, Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { BulkRun } from '../../model/bulk.ts';
import { entityNamed, useDescription } from '../data/describe.ts';
import { useRunAct } from './bulk-data.ts';
import { RunOutcomes } from './RunOutcomes.tsx';
import classes from './RunView.module.css';
import { runTitle } from './run-title.ts';

/** A run: what it does, how far it is or how it ended, what became of the records, and what can be done about it. */
export function RunView({
  run,
  about,
  opensRefused,
  children,
}: {
  readonly run: BulkRun;
  /** Who began it and when, where that isn't plain. */
  readonly about?: string;
  readonly opensRefused: boolean;
  /** What else can be done. */
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  const act = useRunAct(run.id);
  const title = runTitle(t, run, entityNamed(useDescription(), run.entity));
  return (
    <section className={classes.run} aria-label={title}>
      <div className={classes.line}>
        <span className={classes.title}>{title}</span>
        <Standing run={run} />
        {about ? <span className={classes.about}>{about}</span> : null}
        <span className={classes.acts}>
          {run.can.cancel ? (
            <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('cancel')}>
              {t('common.cancel')}
            </Button>
          ) : null}
          {run.can.undo ? (
            <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('undo')}>
              {t('common.undo')}
            </Button>
          ) : null}
          {children}
        </span>
      </div>
      <Bar run={run} title={title} />
      {run.stopped ? <p className={classes.stopped}>{run.stopped}</p> : null}
      <RunOutcomes run={run} opensRefused={opensRefused} />
    </section>
  );
}

/** In words how far a run is, or how it ended. */
function Standing({ run }: { readonly run: BulkRun }) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const [done, all] = reachedOf(run);
  const n = (value: number): string => formatDecimal(locale, value);
  const words =
    run.state === 'running' && run.total === null
      ? t('bulk.finding')
      : run.state === 'running' || run.state === 'undoing'
        ? t(`bulk.progress.${run.state}`, { done: n(done), all: n(all) })
        : t(`bulk.state.${run.isTrial && run.state === 'done' ? 'tried' : run.state}`);
  return <span role="status">{words}</span>;
}

/** A bar as long as a run works. */
function Bar({ run, title }: { readonly run: BulkRun; readonly title: string }) {
  if (!run.isBusy) return null;
  const [done, all] = reachedOf(run);
  const isWaiting = all === 0;
  return (
    <Progress
      // Waiting fills the bar; what follows must not be seen shrinking from there.
      key={isWaiting ? 'waiting' : 'known'}
      value={isWaiting ? 100 : (done / all) * 100}
      striped={isWaiting}
      animated={isWaiting}
      aria-label={title}
    />
  );
}

const reachedOf = (run: BulkRun): readonly [number, number] =>
  run.state === 'undoing'
    ? [(run.undo?.done ?? 0) + (run.undo?.refused ?? 0), run.undo?.of ?? run.changed]
    : [run.done, run.total ?? 0];
