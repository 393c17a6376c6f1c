import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { ImportUndo } from '../../model/import.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Panel } from '../../web-kit/ui/Panel.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { entityNamed, useDescription } from '../data/describe.ts';
import classes from './UndoReport.module.css';
import wizard from './Wizard.module.css';

/** What undoing did, and each record it had to leave, with the reason. */
export function UndoReport({ undo }: { readonly undo: ImportUndo }) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const description = useDescription();
  const n = (count: number) => ({ count, n: formatDecimal(locale, count) });
  return (
    <>
      <div className={wizard.told}>
        <Notice kind={undo.refusedCount > 0 ? 'warning' : 'success'} title={t('imports.run.undone')}>
          {t('imports.run.undoneWords', n(undo.done))}
        </Notice>
      </div>
      {undo.refusedCount > 0 ? (
        <Panel title={t('imports.run.undoRefusedTitle', n(undo.refusedCount))}>
          <ul className={classes.refused}>
            {undo.refused.map((record) => {
              const entity = entityNamed(description, record.entity);
              const label = record.label ?? t('imports.run.noLabel');
              return (
                <li key={`${record.entity} ${record.id}`} className={classes.record}>
                  <span>
                    {entity && record.label !== null ? (
                      <AppLink to={paths.record(entity.plural, record.id)}>{label}</AppLink>
                    ) : (
                      label
                    )}{' '}
                    <span className="r-muted">{entity?.label.one ?? record.entity}</span>
                  </span>
                  <span>{record.reasons.join(' ')}</span>
                </li>
              );
            })}
          </ul>
        </Panel>
      ) : null}
    </>
  );
}
