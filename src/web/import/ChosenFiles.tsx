import { ActionIcon } from '@mantine/core';
import { IconFileSpreadsheet, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatBytes } from './bytes.ts';
import classes from './ChosenFiles.module.css';

/** The files that were chosen and not yet sent. */
export function ChosenFiles({
  files,
  onRemove,
}: {
  readonly files: readonly File[];
  readonly onRemove: (file: File) => void;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  if (files.length === 0) return null;
  return (
    <ul className={classes.files} aria-label={t('imports.new.chosen')}>
      {files.map((file) => (
        <li key={file.name} className={classes.file}>
          <IconFileSpreadsheet size={20} stroke={1.5} aria-hidden className={classes.picture} />
          <span className={classes.name}>{file.name}</span>
          <span className={classes.size}>{formatBytes(locale, file.size)}</span>
          <ActionIcon
            size={32}
            aria-label={t('imports.new.remove', { file: file.name })}
            onClick={() => onRemove(file)}
          >
            <IconX size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
