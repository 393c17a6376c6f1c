import { Button } from '@mantine/core';
import type { ReactNode, SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import { Dialog } from '../../web-kit/ui/Dialog.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import classes from './FormDialog.module.css';

/** A short form in a dialog: what was refused and stands beside no field is told at its head, its buttons are at its foot. */
export function FormDialog({
  title,
  button,
  save,
  fields,
  isWide = false,
  isDisabled = false,
  onSubmit,
  onClose,
  children,
}: {
  readonly title: string;
  /** What the button says that sends it. */
  readonly button: string;
  readonly save: { readonly error: Error | null; readonly isPending: boolean };
  /** Those whose mistakes stand beside them. */
  readonly fields: readonly string[];
  readonly isWide?: boolean;
  readonly isDisabled?: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const wrong = Object.entries(mistakesByField(save.error));
  const elsewhere = wrong.filter(([field]) => !fields.includes(field)).map(([, words]) => words);
  const told = save.error && wrong.length === 0 ? [save.error.message] : elsewhere;

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (!save.isPending && !isDisabled) onSubmit();
  }

  return (
    <Dialog
      {...(isWide ? { size: 'lg' } : {})}
      onClose={onClose}
      // What was typed isn't lost by a click beside it.
      closeOnClickOutside={false}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form noValidate onSubmit={submit}>
        <div className={classes.fields}>
          {told.length > 0 ? (
            <Notice>
              {told.map((words) => (
                <div key={words}>{words}</div>
              ))}
            </Notice>
          ) : null}
          {children}
        </div>
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={isDisabled} loading={save.isPending}>
            {button}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
