import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../web-kit/ui/PageHeader.tsx';
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
  return (
    <div className={classes.wizard}>
      <PageHeader title={<span className={classes.title}>{title}</span>} note={note}>
        <Button component={AppLink} to={paths.imports} variant="subtle" color="gray">
          {t('imports.backToList')}
        </Button>
      </PageHeader>
      <Steps current={step} {...(isDone ? { isDone } : {})} />
      <div className={classes.body}>{children}</div>
      {actions ? <div className={classes.bar}>{actions}</div> : null}
    </div>
  );
}
