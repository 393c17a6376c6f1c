import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconLinkOff, IconPencil, IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { FieldCell } from '../../web-kit/fields/FieldCell.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { titleOf } from '../data/describe.ts';
import { changesOf, type Draft } from '../form/draft.ts';
import { FormField } from '../form/FormField.tsx';
import { type Mistakes, mistakesOf, noMistakes } from '../form/mistakes.ts';
import classes from './RelatedList.module.css';
import type { RelatedColumn } from './related.ts';
import { useRemoval } from './use-removal.ts';
import { useSaveRecord } from './use-save-record.tsx';

/** A row of a related list; of a link, its role and such are changed in the row, and it can be unlinked. */
export function RelatedRow({
  entity,
  record,
  columns,
  isLink,
}: {
  readonly entity: EntityDescription;
  readonly record: RecordOut;
  readonly columns: readonly RelatedColumn[];
  readonly isLink: boolean;
}) {
  const { t } = useTranslation();
  const id = useId();
  const removal = useRemoval(entity);
  const { save, dialogs } = useSaveRecord(entity);
  const [editing, setEditing] = useState<{ readonly base: RecordOut; readonly draft: Draft } | null>(null);
  const [mistakes, setMistakes] = useState<Mistakes>(noMistakes);
  const [isBusy, setBusy] = useState(false);
  const title = titleOf(entity, record) || '–';
  // The other end of a link is what it is; another one is another link.
  const isEditable = ({ path, field }: RelatedColumn): boolean =>
    !path.includes('.') && !field.readOnly && field.type !== 'reference';

  async function store(): Promise<void> {
    if (!editing) return;
    const changes = changesOf(editing.base, editing.draft);
    if (Object.keys(changes).length === 0) return setEditing(null);
    setBusy(true);
    try {
      if (await save(editing.base, changes)) setEditing(null);
    } catch (error) {
      const names = new Set(columns.map(({ path }) => path));
      const told = mistakesOf(error, names);
      const first = columns.find(isEditable)?.path ?? '';
      const own = told.others[0] ?? (error as Error).message;
      setMistakes(
        Object.keys(told.fields).length > 0 ? told : { fields: { [first]: { own, parts: {} } }, others: [] },
      );
    } finally {
      setBusy(false);
    }
  }

  return (
    <tr
      onKeyDown={(event) => {
        if (!editing || event.defaultPrevented) return;
        const target = event.target as HTMLElement;
        if (!event.currentTarget.contains(target) || target.getAttribute('aria-expanded') === 'true') return;
        if (event.key === 'Escape') setEditing(null);
        if (event.key === 'Enter' && target.tagName !== 'BUTTON') void store();
      }}
    >
      {columns.map((column, position) => {
        const { path, field } = column;
        const value = editing && path in editing.draft ? editing.draft[path] : record[path];
        return editing && isEditable(column) ? (
          <td key={path} data-input>
            <label htmlFor={`${id}-${path}`} className="r-hidden">
              {field.label}
            </label>
            <FormField
              id={`${id}-${path}`}
              field={field}
              hasLabel={false}
              value={value}
              onChange={(next) => setEditing({ ...editing, draft: { ...editing.draft, [path]: next } })}
              mistake={mistakes.fields[path]}
              disabled={isBusy}
              autoFocus={columns.findIndex(isEditable) === position}
            />
          </td>
        ) : (
          <td key={path} data-type={field.type}>
            {!isLink && path === entity.title ? (
              <AppLink to={paths.record(entity.plural, record.id)}>{title}</AppLink>
            ) : (
              <FieldCell field={field} value={record[path]} record={record} />
            )}
          </td>
        );
      })}
      <td data-actions>
        {dialogs}
        {!isLink ? null : editing ? (
          <span className={classes.acts}>
            <ActionIcon
              variant="light"
              color="pine"
              loading={isBusy}
              aria-label={t('common.save')}
              onClick={() => void store()}
            >
              <IconCheck size={17} stroke={1.9} aria-hidden />
            </ActionIcon>
            <ActionIcon aria-label={t('common.cancel')} onClick={() => setEditing(null)}>
              <IconX size={17} stroke={1.8} aria-hidden />
            </ActionIcon>
          </span>
        ) : (
          <span className={classes.acts}>
            {record.can.update && columns.some(isEditable) ? (
              <ActionIcon
                aria-label={t('record.related.editOne', { title })}
                onClick={() => {
                  setMistakes(noMistakes);
                  setEditing({ base: record, draft: {} });
                }}
              >
                <IconPencil size={16} stroke={1.7} aria-hidden />
              </ActionIcon>
            ) : null}
            {record.can.remove ? (
              <Tooltip label={t('record.related.unlink')}>
                <ActionIcon
                  aria-label={t('record.related.unlinkOne', { title })}
                  onClick={() =>
                    void removal.remove(record, title, { words: t('record.related.unlinked', { title }) })
                  }
                >
                  <IconLinkOff size={16} stroke={1.7} aria-hidden />
                </ActionIcon>
              </Tooltip>
            ) : null}
          </span>
        )}
      </td>
    </tr>
  );
}
