import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { useConfirm } from '../app/confirm.tsx';
import { type Draft, sectionsOf } from './draft.ts';
import classes from './EntityForm.module.css';
import { FormSections } from './FormSections.tsx';
import { focusMistake } from './focus-mistake.ts';
import { formKey } from './form-keys.ts';
import { mistakesOf, withJudged } from './mistakes.ts';
import type { FormJudgement } from './use-judgement.ts';

/** A whole form: its fields, everything the server refused at once, and saving it by button or keyboard. */
export function EntityForm({
  entity,
  draft,
  changes,
  judgement,
  onChange,
  onSubmit,
  onCancel,
  error,
  isBusy,
  isNew,
  isPage,
  hint,
  submit,
}: {
  readonly entity: EntityDescription;
  readonly draft: Draft;
  /** What was typed so far. */
  readonly changes: Draft;
  readonly judgement: FormJudgement;
  readonly onChange: (name: string, value: unknown) => void;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  readonly error: Error | null;
  readonly isBusy: boolean;
  readonly isNew: boolean;
  /** On a page the buttons stay in sight at its foot. */
  readonly isPage: boolean;
  /** Told beside the buttons, where it moves nothing. */
  readonly hint?: ReactNode;
  /** What the button says, where it isn't as always. */
  readonly submit?: string | undefined;
}) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const idPrefix = useId();
  const confirm = useConfirm();
  const isDirty = Object.keys(changes).length > 0;
  const shown = new Set(
    sectionsOf(entity)
      .flatMap(({ fields }) => fields)
      .filter((field) => {
        const state = judgement.stateOf(field);
        return state.shown && !state.readOnly;
      })
      .map(({ name }) => name),
  );
  const refused = mistakesOf(error, shown);
  // What is wrong by the record's own rules is told as soon as its field was touched, or once saving was tried.
  const told = judgement.wrong.filter(({ field }) => shown.has(field) && (error || field in changes));
  const mistakes = withJudged(refused, told);
  const wrong = Object.keys(refused.fields).length;

  useEffect(() => {
    if (form.current && error instanceof ApiProblem) focusMistake(form.current, idPrefix, error.mistakes);
  }, [error, idPrefix]);

  // On a page of its own leaving is another screen, which asks by itself.
  function cancel(): void {
    if (isPage || !isDirty) onCancel();
    else
      confirm({
        title: t('form.leaveTitle'),
        words: t('form.leaveWords'),
        label: t('form.leave'),
        onConfirm: onCancel,
      });
  }

  return (
    <form
      ref={form}
      noValidate
      className={classes.form}
      data-page={isPage || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        // The form of a dialog opened from another form stands inside that one for React.
        event.stopPropagation();
        if (!isBusy) onSubmit();
      }}
      onKeyDown={(event) => {
        const key = formKey(event);
        if (!key) return;
        event.preventDefault();
        event.stopPropagation();
        if (key === 'cancel') cancel();
        else if (!isBusy) onSubmit();
      }}
    >
      {error ? (
        <div className={classes.notice}>
          <Notice
            title={
              wrong > 0
                ? t('form.wrong', { count: wrong })
                : error instanceof ApiProblem
                  ? error.title
                  : t('connection.title')
            }
          >
            {mistakes.others.length > 0
              ? mistakes.others.map((words) => <div key={words}>{words}</div>)
              : wrong > 0
                ? null
                : error instanceof ApiProblem
                  ? error.message
                  : t('form.kept')}
          </Notice>
        </div>
      ) : null}
      <FormSections
        entity={entity}
        idPrefix={idPrefix}
        draft={draft}
        mistakes={mistakes}
        judgement={judgement}
        onChange={onChange}
        isNew={isNew}
        isBusy={isBusy}
      />
      <div className={classes.dock}>
        {hint}
        <div className={classes.foot}>
          <span className={classes.hint}>{t('form.keys', { keys: saveKeys })}</span>
          <Button variant="default" onClick={cancel}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {submit ?? (isNew ? t('form.create') : t('common.save'))}
          </Button>
        </div>
      </div>
    </form>
  );
}

const saveKeys = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ ⏎' : 'Ctrl ⏎';
