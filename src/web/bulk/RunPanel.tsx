import { Button, CloseButton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkRun } from '../../model/bulk.ts';
import type { EntityDescription } from '../../model/description.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { tellFailure } from '../app/tell.ts';
import { useMe } from '../data/me.ts';
import { recordsChanged } from '../data/records.ts';
import { bulkRunQuery, bulkRunsQuery, triedOrder, useBulk } from './bulk-data.ts';
import { RunView } from './RunView.tsx';
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
  return (
    <RunView run={run} opensRefused>
      <DoNow entity={entity} run={run} />
      {run.isBusy ? null : (
        <>
          <Button component={AppLink} to={paths.bulkRuns} size="xs" variant="subtle">
            {t('bulk.allRuns')}
          </Button>
          <CloseButton aria-label={t('common.close')} onClick={() => showRun(entity.name, null)} />
        </>
      )}
    </RunView>
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
