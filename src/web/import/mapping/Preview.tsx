import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../../fields/field-view.tsx';
import { formatDecimal } from '../../../fields/format.browser.ts';
import type { ImportDraft } from '../../../model/import.ts';
import { Panel } from '../../../web-kit/ui/Panel.tsx';
import classes from './Preview.module.css';

const delimiters: Readonly<Record<string, 'comma' | 'semicolon' | 'tab' | 'bar'>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
};
const encodings: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
};

/** The first rows as they were read, and how they were read, so that a wrong guess is seen at once. */
export function Preview({ draft }: { readonly draft: ImportDraft }) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const delimiter = delimiters[draft.delimiter];
  const n = (count: number) => ({ count, n: formatDecimal(locale, count) });
  const how = [
    t('imports.map.rows', n(draft.rows)),
    t('imports.map.columns', n(draft.columns.length)),
    ...(draft.format === 'csv'
      ? [
          encodings[draft.encoding] ?? draft.encoding,
          t('imports.map.separatedBy', {
            delimiter: delimiter ? t(`imports.map.delimiters.${delimiter}`) : draft.delimiter,
          }),
        ]
      : [t(`imports.map.formats.${draft.format}`)]),
  ].join(' · ');
  return (
    <Panel title={t('imports.map.previewTitle')} note={how}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached with keys */}
      <section className={classes.box} aria-label={t('imports.map.previewRegion')} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">
                <span className="r-hidden">{t('imports.map.row')}</span>
              </th>
              {draft.columns.map((column) => (
                <th key={column.name} scope="col">
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {draft.preview.slice(0, 5).map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file are told apart by their place alone
              <tr key={row}>
                <th scope="row">{row + 1}</th>
                {draft.columns.map((column, position) => (
                  <td key={column.name}>{cells[position]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {draft.encoding === 'utf-8' || draft.format !== 'csv' ? null : (
        <p className={classes.words}>{t('imports.map.previewWords')}</p>
      )}
    </Panel>
  );
}
