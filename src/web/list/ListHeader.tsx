import { Button, SegmentedControl } from '@mantine/core';
import { IconLayoutKanban, IconList, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { PageHeader } from '../../web-kit/ui/PageHeader.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import classes from './ListHeader.module.css';

/** The head of a list or a board: the entity's name, the two ways to see it, and the way to a new record. */
export function ListHeader({
  entity,
  view = 'list',
  note,
}: {
  readonly entity: EntityDescription;
  readonly view?: 'list' | 'board';
  readonly note?: string;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const label = (Picture: typeof IconList, words: string) => (
    <span className={classes.way}>
      <Picture size={15} stroke={1.8} aria-hidden />
      <span className={classes.words}>{words}</span>
    </span>
  );
  return (
    <PageHeader title={entity.label.many} note={note}>
      {entity.board ? (
        <SegmentedControl
          aria-label={t('list.view')}
          value={view}
          onChange={(to) =>
            void navigate({
              to: (to === 'board' ? paths.board(entity.plural) : paths.list(entity.plural)) as '/',
            })
          }
          data={[
            { value: 'list', label: label(IconList, t('list.asList')) },
            { value: 'board', label: label(IconLayoutKanban, t('list.asBoard')) },
          ]}
        />
      ) : null}
      {entity.duplicateFields.length > 0 ? (
        <Button component={AppLink} to={paths.duplicates(entity.plural)} variant="default" visibleFrom="sm">
          {t('duplicates.link')}
        </Button>
      ) : null}
      {entity.importable && entity.can.import ? (
        <Button
          component={AppLink}
          to={paths.newImport}
          search={{ entity: entity.plural }}
          variant="default"
          visibleFrom="sm"
        >
          {t('list.import')}
        </Button>
      ) : null}
      {entity.can.create ? (
        <Button
          component={AppLink}
          to={paths.create(entity.plural)}
          leftSection={<IconPlus size={17} stroke={2} aria-hidden />}
          aria-label={t('list.newOne', { entity: entity.label.one })}
        >
          {t('list.new')}
        </Button>
      ) : null}
    </PageHeader>
  );
}
