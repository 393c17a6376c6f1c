import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import type { ImportStep } from './import-steps.ts';
import { Steps } from './Steps.tsx';
import classes from './Wizard.module.css';

/** The frame of every step of an import: whose file, which step, the step itself, and the way on below. */
export function Wizard({
  title,
  note,
  step,
  isDone,
  actions,
  children,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly step: ImportStep;
  /** The step itself is over too. */
  readonly isDone?: boolean;
  /** Buttons of the bar at the foot, the one that leads on last. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();

  // A step takes the place of the one before, and with it of the button that was pressed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step begins at its top
  useEffect(() => {
    const main = document.getElementById('main');
    main?.focus({ preventScroll: true });
    main?.scrollTo({ top: 0 });
  }, [step]);

  return (
    <div className={classes.wizard}>
      <header className={classes.head}>
        <div className={classes.words}>
          <h1 className={classes.title}>{title}</h1>
          {note ? <span className={classes.note}>{note}</span> : null}
        </div>
        <Button component={AppLink} to={paths.imports} variant="subtle" color="gray" visibleFrom="sm">
          {t('imports.backToList')}
        </Button>
        <ActionIcon
          component={AppLink}
          to={paths.imports}
          size={36}
          aria-label={t('imports.backToList')}
          hiddenFrom="sm"
        >
          <IconX size={19} stroke={1.7} aria-hidden />
        </ActionIcon>
      </header>
      <Steps current={step} {...(isDone ? { isDone } : {})} />
      <div className={classes.body}>{children}</div>
      {actions ? <div className={classes.bar}>{actions}</div> : null}
    </div>
  );
}
