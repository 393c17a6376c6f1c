import { Button, Group, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal, formatMoment } from '../../fields/format.browser.ts';
import type { BatchPreview, BatchRecord } from '../../model/batch.ts';
import { Dialog } from '../../web-kit/ui/Dialog.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { tell, tellFailure } from '../app/tell.ts';
import { bulkRunsQuery } from '../bulk/bulk-data.ts';
import { api } from '../data/api.ts';
import { entityNamed, useDescription } from '../data/describe.ts';
import { recordsChanged } from '../data/records.ts';
import classes from './BatchUndoDialog.module.css';

/** What else was written together with a change, and taking all of it back; what stands in the way is told first. */
export function BatchUndoDialog({
  batch,
  onClose,
}: {
  readonly batch: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { locale, timeZone } = useFieldView();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data, error } = useQuery({
    queryKey: ['records', 'batch', batch],
    queryFn: ({ signal }) => api.get<BatchPreview>(`/batches/${batch}`, {}, signal),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const undoing = useMutation({
    mutationFn: (part: boolean) => api.post<unknown>(`/batches/${batch}/undo`, part ? { part } : {}),
    onSuccess: async () => {
      onClose();
      await recordsChanged(client);
      if (data?.isLarge) {
        await client.invalidateQueries({ queryKey: bulkRunsQuery.queryKey });
        await navigate({ to: paths.bulkRuns });
      }
      tell(t(data?.isLarge ? 'record.batch.begun' : 'record.batch.done'));
    },
    onError: tellFailure,
  });
  const n = (count: number) => ({ count, n: formatDecimal(locale, count) });
  const possible = data ? data.records - data.refused : 0;

  return (
    <Dialog
      onClose={onClose}
      size="lg"
      title={t('record.batch.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {error ? <Notice>{error.message}</Notice> : null}
      {data ? (
        <>
          <p className={classes.words}>
            {t('record.batch.written', {
              who: data.actor
                ? (data.actor.label ?? t('record.history.someone'))
                : t('record.history.system'),
              when: formatMoment(locale, data.at, timeZone),
              door: t(`record.history.doors.${data.door}`),
            })}
          </p>
          {data.isImport ? (
            <p className={classes.words}>
              <AppLink to={paths.import(batch)}>{t('record.batch.import')}</AppLink>
            </p>
          ) : data.isLarge ? (
            <p className={classes.words}>{t('record.batch.large', n(data.records))}</p>
          ) : (
            <>
              {data.undone.length > 0 ? (
                <ul className={classes.records} aria-label={t('record.batch.comesTo')}>
                  {data.undone.map((one) => (
                    <li key={`${one.entity} ${one.id}`}>
                      <Record record={one} />
                      <span className="r-muted">{t(`record.batch.verbs.${one.verb}`)}</span>
                    </li>
                  ))}
                </ul>
              ) : null}
              {data.refused > 0 ? (
                <>
                  <h3 className={classes.heading}>{t('record.batch.inTheWay', n(data.refused))}</h3>
                  <ul className={classes.records}>
                    {data.inTheWay.map((one) => (
                      <li key={`${one.entity} ${one.id}`}>
                        <Record record={one} />
                        <span className={classes.reasons}>{one.reasons.join(' ')}</span>
                      </li>
                    ))}
                  </ul>
                </>
              ) : null}
              {data.stillNamed.length > 0 ? (
                <Notice kind="warning">
                  {t('record.batch.stillNamed', {
                    names: data.stillNamed.map(({ label }) => label ?? t('record.batch.unseen')).join(', '),
                  })}
                </Notice>
              ) : null}
            </>
          )}
        </>
      ) : error ? null : (
        <Skeleton height={140} />
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        {data && !data.isImport && possible > 0 ? (
          <Button
            loading={undoing.isPending}
            onClick={() => undoing.mutate(data.isLarge || data.refused > 0)}
          >
            {t(data.refused > 0 ? 'record.batch.part' : 'record.batch.whole', n(possible))}
          </Button>
        ) : null}
      </Group>
    </Dialog>
  );
}

/** A record by its name and kind. */
function Record({ record: { entity: name, id, label } }: { readonly record: BatchRecord }) {
  const { t } = useTranslation();
  const entity = entityNamed(useDescription(), name);
  return (
    <span>
      {entity && label !== null ? (
        <>
          <AppLink to={paths.record(entity.plural, id)}>{label}</AppLink>{' '}
          <span className="r-muted">{entity.label.one}</span>
        </>
      ) : (
        // What only joins two records has no name of its own.
        (label ?? entity?.label.one ?? t('record.batch.unseen'))
      )}
    </span>
  );
}
