import { Button, CloseButton, Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { BulkRun } from '../../model/bulk.ts';
import type { EntityDescription } from '../../model/description.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { tellFailure } from '../app/tell.ts';
import { useMe } from '../data/me.ts';
import { recordsChanged } from '../data/records.ts';
import { bulkRunQuery, bulkRunsQuery, triedOrder, useBulk, useRunAct } from './bulk-data.ts';
import { RunOutcomes } from './RunOutcomes.tsx';
import classes from './RunPanel.module.css';
import { runTitle } from './run-title.ts';
import { showRun, useShownRun } from './shown-runs.ts';

/** The run begun last on an entity, here or, while it works, elsewhere: how far it is, what came of it, and its undo. */
export function RunPanel({ entity }: { readonly entity: EntityDescription }) {
  const { user } = useMe();
  const shown = useShownRun(entity.name);
  const { data: runs } = useQuery({ ...bulkRunsQuery, staleTime: 60_000, enabled: shown === null });
  const working = runs?.items.find(
    (run) => run.isBusy && run.entity === entity.name && run.createdBy?.id === user.id,
  );
  const id = shown ?? working?.id;
  return id === undefined ? null : <Shown key={id} entity={entity} id={id} />;
}

function Shown({ entity, id }: { readonly entity: EntityDescription; readonly id: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: run, error } = useQuery(bulkRunQuery(id));
  const state = run?.state;

  useEffect(() => {
    if (state && state !== 'running') void recordsChanged(client, entity);
  }, [state, client, entity]);

  // A run that was cleared away, or belongs to whoever was signed in before, is nothing to show.
  useEffect(() => {
    if (error instanceof ApiProblem) showRun(entity.name, null);
  }, [error, entity]);

  if (!run) return null;
  const title = runTitle(t, run, entity);
  return (
    <section className={classes.panel} aria-label={title}>
      <div className={classes.line}>
        <span className={classes.title}>{title}</span>
        <RunStanding run={run} />
        <RunActs run={run}>
          <DoNow entity={entity} run={run} />
          {run.isBusy ? null : (
            <CloseButton aria-label={t('common.close')} onClick={() => showRun(entity.name, null)} />
          )}
        </RunActs>
      </div>
      <RunProgress run={run} title={title} />
      {run.stopped ? <p className={classes.stopped}>{run.stopped}</p> : null}
      <RunOutcomes run={run} />
    </section>
  );
}

/** Does what was only tried so far. */
function DoNow({ entity, run }: { readonly entity: EntityDescription; readonly run: BulkRun }) {
  const { t } = useTranslation();
  const bulk = useBulk(entity);
  const order = run.isTrial && run.state === 'done' ? triedOrder(run.id) : undefined;
  if (!order || run.changed === 0) return null;
  return (
    <Button size="xs" loading={bulk.isPending} onClick={() => bulk.mutate(order, { onError: tellFailure })}>
      {t('bulk.doNow')}
    </Button>
  );
}

/** In words how far a run is, or how it ended. */
export function RunStanding({ run }: { readonly run: BulkRun }) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const [done, all] = reachedOf(run);
  const n = (value: number): string => formatDecimal(locale, value);
  const words =
    run.state === 'running' && run.total === null
      ? t('bulk.finding')
      : run.isBusy
        ? t(`bulk.progress.${run.state === 'undoing' ? 'undoing' : 'running'}`, {
            done: n(done),
            all: n(all),
          })
        : t(`bulk.state.${run.isTrial && run.state === 'done' ? 'tried' : (run.state as 'done')}`);
  return <span role="status">{words}</span>;
}

/** A bar as long as a run works. */
function RunProgress({ run, title }: { readonly run: BulkRun; readonly title: string }) {
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
  run.state === 'undoing' ? [run.undo?.done ?? 0, run.undo?.of ?? run.changed] : [run.done, run.total ?? 0];

/** What can be done about a run now. */
export function RunActs({ run, children }: { readonly run: BulkRun; readonly children?: React.ReactNode }) {
  const { t } = useTranslation();
  const act = useRunAct(run.id);
  return (
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
  );
}
