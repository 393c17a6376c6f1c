import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type ImportStep, importSteps } from './import-steps.ts';
import classes from './Steps.module.css';

/** Where one is on the way from a file to records. */
export function Steps({ current, isDone }: { readonly current: ImportStep; readonly isDone?: boolean }) {
  const { t } = useTranslation();
  const at = importSteps.indexOf(current);
  return (
    <nav aria-label={t('imports.steps.label')} className={classes.steps}>
      <ol className={classes.line}>
        {importSteps.map((step, position) => {
          const isPast = position < at || (isDone === true && position === at);
          return (
            <li
              key={step}
              className={classes.step}
              data-past={isPast || undefined}
              aria-current={position === at ? 'step' : undefined}
            >
              <span className={classes.mark} aria-hidden>
                {isPast ? <IconCheck size={13} stroke={2.6} /> : position + 1}
              </span>
              <span className={classes.name}>{t(`imports.steps.${step}`)}</span>
              {isPast ? <span className="r-hidden">({t('imports.stepDone')})</span> : null}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
