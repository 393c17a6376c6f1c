import { Button } from '@mantine/core';
import { IconFileUnknown, IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { EmptyState } from '../../web-kit/ui/EmptyState.tsx';
import { PageHeader } from '../../web-kit/ui/PageHeader.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { NotFound } from '../app/NotFound.tsx';
import { Pending } from '../app/Pending.tsx';
import { paths } from '../app/paths.ts';
import { tell } from '../app/tell.ts';
import { useEntity } from '../data/describe.ts';
import { useMe } from '../data/me.ts';
import { recordQuery } from '../data/records.ts';
import { EditingProvider } from '../form/EditingProvider.tsx';
import { noteSeen } from '../search/recent.ts';
import { RecordPage } from './RecordPage.tsx';

/** The page of the record that the address names. */
export function RecordScreen() {
  const { plural, id } = useParams({ strict: false });
  const entity = useEntity(plural ?? '');
  if (!entity || entity.plural !== plural || !id) return <NotFound />;
  return <Loaded key={id} entity={entity} id={id} />;
}

function Loaded({ entity, id }: { readonly entity: EntityDescription; readonly id: string }) {
  const { data: record, error } = useQuery(recordQuery(entity.plural, id));
  const me = useMe().user.id;
  const isThere = record !== undefined;
  useEffect(() => {
    if (isThere) noteSeen(me, { entity: entity.name, id });
  }, [me, entity.name, id, isThere]);
  // A record that was merged leads to the one it went into, unless one looks at what it was.
  const { at } = useSearch({ strict: false });
  const into = record?.['mergedInto'];
  const leadsTo = at === undefined && typeof into === 'string' ? into : null;
  const { t } = useTranslation();
  const router = useRouter();
  useEffect(() => {
    if (leadsTo === null) return;
    tell(t('merge.led'));
    void router.navigate({ to: paths.record(entity.plural, leadsTo) as '/', replace: true });
  }, [leadsTo, entity.plural, router, t]);
  if (!record && error) {
    const isGone = error instanceof ApiProblem && [403, 404, 422, 400].includes(error.status);
    if (!isGone) throw error;
    return <Missing entity={entity} isForbidden={error.status === 403} />;
  }
  if (!record || leadsTo) return <Pending />;
  return (
    <EditingProvider>
      <RecordPage entity={entity} record={record} />
    </EditingProvider>
  );
}

function Missing({
  entity,
  isForbidden,
}: {
  readonly entity: EntityDescription;
  readonly isForbidden: boolean;
}) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={entity.label.many} />
      <EmptyState
        icon={isForbidden ? IconLock : IconFileUnknown}
        title={isForbidden ? t('record.forbidden') : t('record.missing')}
        action={
          <Button component={AppLink} to={paths.list(entity.plural)} variant="default">
            {t('record.toList')}
          </Button>
        }
      >
        {t('record.missingWords')}
      </EmptyState>
    </>
  );
}
