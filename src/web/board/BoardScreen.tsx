import { Button } from '@mantine/core';
import { IconLayoutKanban } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../web-kit/ui/EmptyState.tsx';
import { PageHeader } from '../../web-kit/ui/PageHeader.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { NotFound } from '../app/NotFound.tsx';
import { paths } from '../app/paths.ts';
import { useEntity } from '../data/describe.ts';
import { EditingProvider } from '../form/EditingProvider.tsx';
import { Board } from './Board.tsx';

/** The board of the entity that the address names. */
export function BoardScreen() {
  const { t } = useTranslation();
  const { plural } = useParams({ strict: false });
  const entity = useEntity(plural ?? '');
  if (!entity || entity.plural !== plural) return <NotFound />;
  const { board } = entity;
  const field = entity.fields.find(({ name }) => name === board?.by);
  if (!board || !field) {
    return (
      <>
        <PageHeader title={entity.label.many} />
        <EmptyState
          icon={IconLayoutKanban}
          title={t('board.noBoard', { entity: entity.label.many })}
          action={
            <Button component={AppLink} to={paths.list(entity.plural)} variant="default">
              {t('record.toList')}
            </Button>
          }
        />
      </>
    );
  }
  return (
    <EditingProvider>
      <Board key={entity.name} entity={entity} board={board} field={field} />
    </EditingProvider>
  );
}
