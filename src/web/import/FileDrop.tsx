import { Button, FileButton } from '@mantine/core';
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatBytes } from './bytes.ts';
import classes from './FileDrop.module.css';

/** Takes one file: dropped, or chosen with a button. */
export function FileDrop({
  file,
  onFile,
  onSeveral,
}: {
  readonly file: File | null;
  readonly onFile: (file: File) => void;
  /** Several were dropped at once. */
  readonly onSeveral: () => void;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const [isOver, setOver] = useState(false);

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    const [first, ...others] = event.dataTransfer.files;
    if (others.length > 0) onSeveral();
    else if (first) onFile(first);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button inside does the same
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {file ? (
        <IconFileSpreadsheet size={30} stroke={1.4} aria-hidden className={classes.picture} />
      ) : (
        <IconUpload size={30} stroke={1.4} aria-hidden className={classes.picture} />
      )}
      <div className={classes.words}>
        {isOver ? (
          <strong>{t('imports.new.dropNow')}</strong>
        ) : file ? (
          <>
            <strong className={classes.name}>{file.name}</strong>
            <span className="r-muted">{formatBytes(locale, file.size)}</span>
          </>
        ) : (
          <>
            <strong>{t('imports.new.drop')}</strong>
            <span className="r-muted">{t('imports.new.or')}</span>
          </>
        )}
      </div>
      <FileButton
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        onChange={(chosen) => {
          if (chosen) onFile(chosen);
        }}
      >
        {(props) => (
          <Button variant="default" {...props}>
            {file ? t('imports.new.another') : t('imports.new.choose')}
          </Button>
        )}
      </FileButton>
    </div>
  );
}
