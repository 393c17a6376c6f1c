import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { ImportSetFile } from '../../model/import.ts';
import { Panel } from '../../web-kit/ui/Panel.tsx';
import classes from './Notes.module.css';

/** What an import did, or will do, beyond copying cells: what asks for a look first. */
export function Notes({ files }: { readonly files: readonly ImportSetFile[] }) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const notes = files.flatMap((file) => file.notes.map((note) => ({ ...note, file })));
  if (notes.length === 0) return null;
  const sorted = [...notes].sort((a, b) => Number(b.level === 'warning') - Number(a.level === 'warning'));
  return (
    <Panel title={t('imports.notes.title')}>
      <ul className={classes.notes}>
        {sorted.map((note) => (
          <li
            key={`${note.file.id} ${note.code} ${note.message}`}
            className={classes.note}
            data-level={note.level}
          >
            {note.level === 'warning' ? (
              <IconAlertTriangle size={17} stroke={1.7} aria-hidden />
            ) : (
              <IconInfoCircle size={17} stroke={1.7} aria-hidden />
            )}
            <span className={classes.words}>
              {files.length > 1 ? <strong className={classes.file}>{note.file.fileName} · </strong> : null}
              {note.message}
            </span>
            {note.rows === null ? null : (
              <span className={classes.rows}>
                {t('imports.notes.rows', { count: note.rows, n: formatDecimal(locale, note.rows) })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
