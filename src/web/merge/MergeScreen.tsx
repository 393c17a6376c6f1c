import { useQueries } from '@tanstack/react-query';
import { useParams, useRouter, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { mostMerged } from '../../model/merge.ts';
import type { RecordOut } from '../../model/record.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { PageHeader } from '../../web-kit/ui/PageHeader.tsx';
import { NotFound } from '../app/NotFound.tsx';
import { Pending } from '../app/Pending.tsx';
import { paths } from '../app/paths.ts';
import { useEntity } from '../data/describe.ts';
import { recordQuery } from '../data/records.ts';
import { EditingProvider } from '../form/EditingProvider.tsx';
import { AddRecord } from './AddRecord.tsx';
import classes from './Merge.module.css';
import { MergeForm } from './MergeForm.tsx';
import { useMerge } from './merge-data.ts';
import { mergePlace, readMergeSearch } from './merge-search.ts';

/** The screen on which records that the address names become one: `/accounts/merge?ids=…,…`. */
export function MergeScreen() {
  const { plural } = useParams({ strict: false });
  const entity = useEntity(plural ?? '');
  const { ids } = readMergeSearch(useSearch({ strict: false }));
  if (!entity?.mergeable || entity.plural !== plural) return <NotFound />;
  return <Asked entity={entity} ids={ids === '' ? [] : ids.split(',')} />;
}

function Asked({ entity, ids }: { readonly entity: EntityDescription; readonly ids: readonly string[] }) {
  const { t } = useTranslation();
  const router = useRouter();
  const found = useQueries({ queries: ids.map((id) => recordQuery(entity.plural, id)) });
  const merging = useMerge(
    entity,
    (id) => void router.navigate({ to: paths.record(entity.plural, id) as '/', replace: true }),
  );
  const read = found.flatMap(({ data }): readonly RecordOut[] => (data ? [data] : []));
  // Its own writing, told by the live stream before the answer is here, would take the form away.
  const isDone = merging.isPending || merging.isSuccess;
  const records = isDone ? merging.variables.records : read;
  const error = found.find((each) => each.error)?.error;
  if (error && !(error instanceof ApiProblem)) throw error;
  const isGone = (!isDone && Boolean(error)) || records.some((record) => record['removedAt'] !== null);
  const show = (shown: readonly string[]): void =>
    void router.navigate({ ...mergePlace(entity.plural, shown), replace: true });
  const leave = (): void => {
    if (window.history.length > 1) router.history.back();
    else void router.navigate({ to: paths.list(entity.plural) as '/', replace: true });
  };

  return (
    <EditingProvider>
      <PageHeader title={t('merge.title', { entity: entity.label.many })} />
      <div className={classes.body}>
        {isGone ? (
          <Notice title={t('merge.refused')}>{t('merge.unread')}</Notice>
        ) : records.length < ids.length ? (
          <Pending />
        ) : records.length < 2 ? (
          <>
            <Notice kind="info">{t('merge.onlyFew', { max: mostMerged })}</Notice>
            <AddRecord entity={entity} records={records} onAdd={(id) => show([...ids, id])} />
          </>
        ) : (
          <MergeForm entity={entity} records={records} merging={merging} onShow={show} onLeave={leave} />
        )}
      </div>
    </EditingProvider>
  );
}
