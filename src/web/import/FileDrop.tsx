import { Button, FileButton } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FileDrop.module.css';

const accepted = [
  '.csv,.tsv,.txt,.xlsx,.jsonl,.ndjson,.vcf',
  'text/csv,text/tab-separated-values,text/plain,text/vcard',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
].join(',');

/** Takes files, as many as there are: dropped, or chosen with a button. */
export function FileDrop({
  hasFiles,
  onFiles,
}: {
  /** Some were taken already: what comes now comes on top. */
  readonly hasFiles: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button inside does the same
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      data-small={hasFiles || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconUpload size={hasFiles ? 22 : 30} stroke={1.4} aria-hidden className={classes.picture} />
      <div className={classes.words}>
        {isOver ? (
          <strong>{t('imports.new.dropNow')}</strong>
        ) : (
          <>
            <strong>{hasFiles ? t('imports.new.dropMore') : t('imports.new.drop')}</strong>
            <span className="r-muted">{t('imports.new.or')}</span>
          </>
        )}
      </div>
      <FileButton multiple accept={accepted} onChange={onFiles}>
        {(props) => (
          <Button variant="default" {...props}>
            {hasFiles ? t('imports.new.another') : t('imports.new.choose')}
          </Button>
        )}
      </FileButton>
    </div>
  );
}
