import { Button, Group } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import type { ApiProblem } from '../../web-kit/api/problem.ts';
import { Dialog } from '../../web-kit/ui/Dialog.tsx';
import type { Draft } from '../form/draft.ts';
import { FormField } from '../form/FormField.tsx';
import { mistakesOf } from '../form/mistakes.ts';
import classes from './ConflictDialog.module.css';

/** Asks for the fields without which the server refused a change: the reason of a lost deal. */
export function NeedsDialog({
  entity,
  base,
  values,
  problem,
  onDone,
}: {
  readonly entity: EntityDescription;
  readonly base: RecordOut;
  readonly values: Draft;
  readonly problem: ApiProblem;
  readonly onDone: (values: Draft | null) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [draft, setDraft] = useState<Draft>({});
  const editable = entity.fields.filter((field) => !field.readOnly);
  const mistakes = mistakesOf(problem, new Set(editable.map(({ name }) => name)));
  const asked = editable.filter(({ name }) => name in mistakes.fields);

  return (
    <Dialog
      onClose={() => onDone(null)}
      title={t('record.needsTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          onDone(draft);
        }}
      >
        <p className={classes.words}>{t('record.needsWords')}</p>
        {mistakes.others.map((words) => (
          <p key={words} className={classes.words}>
            {words}
          </p>
        ))}
        {asked.map((field, position) => (
          <FormField
            key={field.name}
            id={`${id}-${field.name}`}
            field={field}
            value={draft[field.name] ?? values[field.name] ?? base[field.name]}
            onChange={(value) => setDraft((before) => ({ ...before, [field.name]: value }))}
            mistake={mistakes.fields[field.name]}
            autoFocus={position === 0}
          />
        ))}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => onDone(null)}>
            {t('common.cancel')}
          </Button>
          <Button type="submit">{t('common.save')}</Button>
        </Group>
      </form>
    </Dialog>
  );
}
