import { ActionIcon } from '@mantine/core';
import { IconCheck, IconPencil, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { Unreachable } from '../../web-kit/api/problem.ts';
import { isSame } from '../form/draft.ts';
import { FormField } from '../form/FormField.tsx';
import { type FieldMistake, mistakesOf } from '../form/mistakes.ts';
import { UnsavedGuard } from '../form/UnsavedGuard.tsx';
import classes from './InPlace.module.css';
import { RecordValue } from './RecordValue.tsx';
import type { SaveRecord } from './use-save-record.tsx';

/** Types of which choosing a value says everything: it is saved at once. */
const picked = new Set(['choice', 'base-value', 'reference', 'any-reference', 'checkbox']);
const wide = new Set(['long-text']);

interface Editing {
  /** As it was read when editing began: a change made by others since is found by its version. */
  readonly base: RecordOut;
  readonly value: unknown;
  readonly isBusy: boolean;
  readonly mistake?: FieldMistake | undefined;
}

/** A value that becomes its input by a click or its pencil: Enter saves, Escape leaves it as it was. */
export function InPlace({
  field,
  record,
  mayUpdate,
  save,
}: {
  readonly field: FieldDescription;
  readonly record: RecordOut;
  readonly mayUpdate: boolean;
  readonly save: SaveRecord;
}) {
  const { t } = useTranslation();
  const id = useId();
  const pencil = useRef<HTMLButtonElement>(null);
  const [editing, setEditing] = useState<Editing | null>(null);

  function close(): void {
    setEditing(null);
    // The keyboard goes on where it was.
    requestAnimationFrame(() => pencil.current?.focus());
  }

  async function store(value: unknown): Promise<void> {
    if (!editing || editing.isBusy) return;
    if (isSame(editing.base[field.name], value)) return close();
    setEditing({ ...editing, value, isBusy: true, mistake: undefined });
    try {
      const saved = await save(editing.base, { [field.name]: value === '' ? null : value });
      if (saved) close();
      else setEditing({ ...editing, value, isBusy: false });
    } catch (error) {
      const { fields, others } = mistakesOf(error, new Set([field.name]));
      const words =
        others[0] ?? (error instanceof Unreachable ? t('connection.title') : (error as Error).message);
      setEditing({
        ...editing,
        value,
        isBusy: false,
        mistake: fields[field.name] ?? { own: words, parts: {} },
      });
    }
  }

  function pressed(event: KeyboardEvent<HTMLElement>): void {
    if (!editing || (event.target instanceof Node && !event.currentTarget.contains(event.target))) return;
    if (event.defaultPrevented) return;
    const target = event.target as HTMLElement;
    const isOpen = target.getAttribute('aria-expanded') === 'true';
    const isSave =
      event.key === 'Enter' &&
      !isOpen &&
      target.tagName !== 'BUTTON' &&
      (event.ctrlKey || event.metaKey || (target.tagName !== 'TEXTAREA' && !event.shiftKey));
    if (isSave) {
      event.preventDefault();
      void store(editing.value);
    } else if (event.key === 'Escape' && !isOpen) {
      event.preventDefault();
      close();
    }
  }

  if (!editing) {
    const begin = (): void => setEditing({ base: record, value: record[field.name], isBusy: false });
    return (
      <div
        className={classes.item}
        data-wide={wide.has(field.type) || undefined}
        data-may={mayUpdate || undefined}
      >
        <dt>{field.label}</dt>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the pencil beside it is for the keyboard */}
        <dd
          className={classes.value}
          onClick={(event) => {
            const isLink = event.target instanceof Element && event.target.closest('a, button');
            const isSelecting = window.getSelection()?.isCollapsed === false;
            if (mayUpdate && !isLink && !isSelecting) begin();
          }}
        >
          <RecordValue field={field} value={record[field.name]} />
          {mayUpdate ? (
            <ActionIcon
              ref={pencil}
              size={24}
              className={classes.pencil ?? ''}
              aria-label={t('record.editField', { field: field.label })}
              onClick={begin}
            >
              <IconPencil size={15} stroke={1.7} aria-hidden />
            </ActionIcon>
          ) : null}
        </dd>
      </div>
    );
  }

  return (
    <div className={classes.item} data-wide={wide.has(field.type) || undefined} data-editing>
      <UnsavedGuard isDirty={() => !isSame(editing.base[field.name], editing.value)} />
      <dt>
        <label htmlFor={id}>{field.label}</label>
      </dt>
      <dd className={classes.editor} onKeyDown={pressed}>
        <div className={classes.input}>
          <FormField
            id={id}
            field={field}
            hasLabel={false}
            value={editing.value}
            onChange={(value) => {
              setEditing({ ...editing, value, mistake: undefined });
              if (picked.has(field.type)) void store(value);
            }}
            mistake={editing.mistake}
            autoFocus
            compact={picked.has(field.type)}
            disabled={editing.isBusy}
          />
        </div>
        <span className={classes.buttons}>
          <ActionIcon
            size={28}
            variant="light"
            color="pine"
            loading={editing.isBusy}
            aria-label={t('record.saveField', { field: field.label })}
            onClick={() => void store(editing.value)}
          >
            <IconCheck size={17} stroke={1.9} aria-hidden />
          </ActionIcon>
          <ActionIcon size={28} aria-label={t('record.cancelField', { field: field.label })} onClick={close}>
            <IconX size={17} stroke={1.8} aria-hidden />
          </ActionIcon>
        </span>
      </dd>
    </div>
  );
}
