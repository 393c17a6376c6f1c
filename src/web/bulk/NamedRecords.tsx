import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { entityNamed, useDescription } from '../data/describe.ts';
import classes from './RunView.module.css';

/** Records by name, each with what is said of it; one that the reader may not read has no name. */
export function NamedRecords({
  title,
  records,
}: {
  readonly title: string;
  readonly records: readonly {
    readonly entity: string;
    readonly id: string;
    readonly label: string | null;
    readonly reasons: readonly string[];
  }[];
}) {
  const { t } = useTranslation();
  const description = useDescription();
  return (
    <div>
      <h2 className={classes.heading}>{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <ul className={classes.records} aria-label={title} tabIndex={0}>
        {records.map(({ entity: name, id, label, reasons }) => {
          const entity = entityNamed(description, name);
          return (
            <li key={`${name} ${id}`}>
              {entity && label !== null ? (
                <AppLink to={paths.record(entity.plural, id)}>{label}</AppLink>
              ) : (
                <span>{label ?? t('bulk.nameless')}</span>
              )}
              {reasons.length > 0 ? <span className={classes.reasons}>{reasons.join(' ')}</span> : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
