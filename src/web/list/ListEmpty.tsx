import { Button } from '@mantine/core';
import { IconCloudOff, IconFilterOff, IconMoodEmpty, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { EmptyState } from '../../web-kit/ui/EmptyState.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { entityIcon } from '../app/icons.ts';
import { paths } from '../app/paths.ts';
import type { ListState } from './use-list-state.ts';

/** Why a list shows no rows, and what to do about it. */
export function ListEmpty({
  entity,
  state,
  error,
  onRetry,
}: {
  readonly entity: EntityDescription;
  readonly state: ListState;
  readonly error: Error | null;
  readonly onRetry: () => void;
}) {
  const { t } = useTranslation();
  if (error) {
    const isTold = error instanceof ApiProblem;
    // The filter bar shows where the mistake is.
    if (isTold && error.kind === 'bad-expression')
      return <EmptyState icon={IconFilterOff} title={error.title} />;
    return (
      <EmptyState
        icon={isTold ? IconMoodEmpty : IconCloudOff}
        title={isTold ? error.title : t('connection.title')}
        action={
          <Button variant="default" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        }
      >
        {isTold ? error.message : null}
      </EmptyState>
    );
  }
  if (state.isFiltered) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t('list.noMatch')}
        action={
          <Button variant="default" onClick={() => state.change({ where: undefined, q: undefined })}>
            {t('list.clearFilters')}
          </Button>
        }
      >
        {t('list.noMatchWords')}
      </EmptyState>
    );
  }
  if (state.isBin) {
    return (
      <EmptyState icon={IconTrash} title={t('list.noneRemoved')}>
        {t('list.noneRemovedWords')}
      </EmptyState>
    );
  }
  const mayImport = entity.importable && entity.can.import;
  return (
    <EmptyState
      icon={entityIcon(entity.icon)}
      title={t('list.noneYet')}
      action={
        entity.can.create ? (
          <>
            {mayImport ? (
              <Button
                variant="default"
                component={AppLink}
                to={paths.newImport}
                search={{ entity: entity.plural }}
              >
                {t('list.import')}
              </Button>
            ) : null}
            <Button component={AppLink} to={paths.create(entity.plural)} leftSection={<IconPlus size={17} />}>
              {t('list.new')}
            </Button>
          </>
        ) : null
      }
    >
      {entity.can.create ? t('list.noneYetWords') : t('list.noneYetRead')}
    </EmptyState>
  );
}
