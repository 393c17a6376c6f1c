import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowMerge,
  IconArrowUp,
  IconChevronRight,
  IconDots,
  IconEraser,
  IconLock,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatMoment } from '../../fields/format.browser.ts';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut, ReferenceValue } from '../../model/record.ts';
import { FieldCell, isEmpty } from '../../web-kit/fields/FieldCell.tsx';
import { WhyDialog } from '../access/WhyDialog.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { entityIcon } from '../app/icons.ts';
import { paths } from '../app/paths.ts';
import { fieldNamed, titleOf } from '../data/describe.ts';
import { mergePlace } from '../merge/merge-search.ts';
import { VerbButtons } from '../verb/VerbButtons.tsx';
import { EraseDialog } from './EraseDialog.tsx';
import { useNeighbours } from './neighbours.ts';
import classes from './RecordHeader.module.css';
import { useRemoval } from './use-removal.ts';

const mostFacts = 5;

/** The head of a record: what it is called, what matters most about it, what can be done with it. */
export function RecordHeader({
  entity,
  record,
  mayUpdate,
  isEditing,
  onEdit,
}: {
  readonly entity: EntityDescription;
  readonly record: RecordOut;
  readonly mayUpdate: boolean;
  readonly isEditing: boolean;
  readonly onEdit: () => void;
}) {
  const { t } = useTranslation();
  const { locale, timeZone } = useFieldView();
  const router = useRouter();
  const removal = useRemoval(entity);
  const [isAskingWhy, setAskingWhy] = useState(false);
  const [isErasing, setErasing] = useState(false);
  const { previous, next } = useNeighbours(entity.plural, record.id);
  const Picture = entityIcon(entity.icon);
  const facts = entity.list.columns
    .filter((name) => name !== entity.title && !name.startsWith('updated'))
    .flatMap((name) => fieldNamed(entity, name) ?? [])
    .filter((field) => !isEmpty(record[field.name]))
    .slice(0, mostFacts);
  const who = (record['updatedBy'] as ReferenceValue | null)?.label;
  const when = formatMoment(locale, String(record['updatedAt']), timeZone);
  const go = (id: string): void => void router.navigate({ to: paths.record(entity.plural, id) as '/' });

  return (
    <header className={classes.header}>
      <nav className={classes.trail}>
        <AppLink to={paths.list(entity.plural)}>{entity.label.many}</AppLink>
        <IconChevronRight size={14} aria-hidden className="r-muted" />
        <span className="r-muted r-ellipsis">
          {who ? t('record.changedBy', { when, who }) : t('record.changed', { when })}
        </span>
      </nav>
      <div className={classes.line}>
        <span className={classes.picture}>
          <Picture size={22} stroke={1.6} aria-hidden />
        </span>
        <h1 className={classes.title}>{titleOf(entity, record) || '–'}</h1>
        <div className={classes.actions}>
          {previous || next ? (
            <span className={classes.neighbours}>
              <Tooltip label={t('record.previous')}>
                <ActionIcon
                  size={34}
                  aria-label={t('record.previous')}
                  disabled={!previous}
                  onClick={() => previous && go(previous)}
                >
                  <IconArrowUp size={18} stroke={1.7} aria-hidden />
                </ActionIcon>
              </Tooltip>
              <Tooltip label={t('record.next')}>
                <ActionIcon
                  size={34}
                  aria-label={t('record.next')}
                  disabled={!next}
                  onClick={() => next && go(next)}
                >
                  <IconArrowDown size={18} stroke={1.7} aria-hidden />
                </ActionIcon>
              </Tooltip>
            </span>
          ) : null}
          {record['removedAt'] === null && !isEditing ? (
            <VerbButtons entity={entity} record={record} />
          ) : null}
          {mayUpdate && !isEditing ? (
            <Button
              variant="default"
              leftSection={<IconPencil size={16} stroke={1.7} aria-hidden />}
              onClick={onEdit}
            >
              {t('record.edit')}
            </Button>
          ) : null}
          <Menu position="bottom-end" portalProps={{ target: '#main' }}>
            <Menu.Target>
              <ActionIcon size={36} variant="default" aria-label={t('record.actions')}>
                <IconDots size={18} stroke={1.7} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconLock size={16} stroke={1.7} aria-hidden />}
                onClick={() => setAskingWhy(true)}
              >
                {t('access.whyShort')}
              </Menu.Item>
              {entity.mergeable && record.can.update && record['removedAt'] === null ? (
                <Menu.Item
                  leftSection={<IconArrowMerge size={16} stroke={1.7} aria-hidden />}
                  onClick={() => void router.navigate(mergePlace(entity.plural, [record.id]))}
                >
                  {t('merge.offerOne')}
                </Menu.Item>
              ) : null}
              {record.can.remove && record['removedAt'] === null ? (
                <Menu.Item
                  className={classes.remove ?? ''}
                  leftSection={<IconTrash size={16} stroke={1.7} aria-hidden />}
                  onClick={() =>
                    void removal.remove(record, titleOf(entity, record), {
                      onRemoved: () => void router.navigate({ to: paths.list(entity.plural) as '/' }),
                    })
                  }
                >
                  {t('common.remove')}
                </Menu.Item>
              ) : null}
              {entity.mayErase ? (
                <Menu.Item
                  className={classes.remove ?? ''}
                  leftSection={<IconEraser size={16} stroke={1.7} aria-hidden />}
                  onClick={() => setErasing(true)}
                >
                  {t('record.erase.offer')}
                </Menu.Item>
              ) : null}
            </Menu.Dropdown>
          </Menu>
          {isErasing ? (
            <EraseDialog entity={entity} record={record} onClose={() => setErasing(false)} />
          ) : null}
          {isAskingWhy ? (
            <WhyDialog entity={entity} record={record} onClose={() => setAskingWhy(false)} />
          ) : null}
        </div>
      </div>
      {facts.length > 0 ? (
        <dl className={classes.facts} aria-label={t('record.facts')}>
          {facts.map((field) => (
            <div key={field.name}>
              <dt>{field.label}</dt>
              <dd>
                <FieldCell field={field} value={record[field.name]} record={record} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </header>
  );
}
