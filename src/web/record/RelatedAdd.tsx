import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { ReferenceValue } from '../../model/record.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { useCreateRecord } from '../data/records.ts';
import { creationOf, type Draft } from '../form/draft.ts';
import { FormField } from '../form/FormField.tsx';
import { mistakesOf } from '../form/mistakes.ts';
import classes from './RelatedList.module.css';
import type { RelatedColumn } from './related.ts';

/** Makes a record that names this one, a link to another or one of a few fields, where their list stands. */
export function RelatedAdd({
  entity,
  via,
  holder,
  columns,
  onDone,
}: {
  readonly entity: EntityDescription;
  readonly via: string;
  readonly holder: ReferenceValue;
  readonly columns: readonly RelatedColumn[];
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const create = useCreateRecord(entity);
  const [draft, setDraft] = useState<Draft>({});
  const names = columns.filter(({ path, field }) => !path.includes('.') && !field.readOnly);
  const shown = new Set(names.map(({ path }) => path));
  const mistakes = mistakesOf(create.error, shown);
  const words =
    mistakes.others[0] ??
    (create.error && Object.keys(mistakes.fields).length === 0 ? create.error.message : null);

  return (
    <form
      noValidate
      className={classes.add}
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(
          {
            ...creationOf(entity, draft),
            [via]: holder.entity ? { entity: holder.entity, id: holder.id } : holder.id,
          },
          { onSuccess: onDone },
        );
      }}
      onKeyDown={(event) => {
        const target = event.target as HTMLElement;
        const isOpen = target.getAttribute('aria-expanded') === 'true';
        if (event.key === 'Escape' && !isOpen && event.currentTarget.contains(target)) onDone();
      }}
    >
      {words ? (
        <div className={classes.addFoot} style={{ justifyContent: 'stretch' }}>
          <Notice>{words}</Notice>
        </div>
      ) : null}
      {names.map(({ path, field }, position) => (
        <FormField
          key={path}
          id={`${id}-${path}`}
          field={field}
          value={draft[path]}
          onChange={(value) => setDraft((before) => ({ ...before, [path]: value }))}
          mistake={mistakes.fields[path]}
          disabled={create.isPending}
          autoFocus={position === 0}
        />
      ))}
      <div className={classes.addFoot}>
        <Button size="xs" variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button size="xs" type="submit" loading={create.isPending}>
          {t('record.related.add')}
        </Button>
      </div>
    </form>
  );
}
