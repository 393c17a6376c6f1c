import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { ImportSetFile } from '../../model/import.ts';
import { Panel } from '../../web-kit/ui/Panel.tsx';
import { entityNamed, useDescription } from '../data/describe.ts';
import { outcomes } from './Equation.tsx';
import classes from './FileLines.module.css';

/** What became of the rows of each file, in the order in which they are worked on; nothing where there is but one. */
export function FileLines({
  files,
  title,
}: {
  readonly files: readonly ImportSetFile[];
  readonly title: string;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const description = useDescription();
  const n = (value: number): string => formatDecimal(locale, value);
  if (files.length < 2) return null;
  return (
    <Panel title={title}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached with keys */}
      <section className={classes.box} aria-label={title} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('imports.file')}</th>
              <th scope="col">{t('imports.into')}</th>
              <th scope="col" className={classes.number}>
                {t('imports.rows.title')}
              </th>
              {outcomes.map((outcome) => (
                <th key={outcome} scope="col" className={classes.number}>
                  {t(`imports.rows.${outcome}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <tr key={file.id}>
                <th scope="row">{file.fileName}</th>
                <td>{entityNamed(description, file.entity)?.label.many ?? file.entity}</td>
                <td className={classes.number}>{n(file.rows)}</td>
                {outcomes.map((outcome) => (
                  <td
                    key={outcome}
                    className={classes.number}
                    data-outcome={outcome}
                    data-zero={file[outcome] === 0 || undefined}
                  >
                    {n(file[outcome])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}
