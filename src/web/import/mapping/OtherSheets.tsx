import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportSet } from '../../../model/import.ts';
import { tellFailure } from '../../app/tell.ts';
import { useAddSheet } from '../import-data.ts';
import classes from './FilesPanel.module.css';
import { otherSheets } from './other-sheets.ts';

/** The sheets of workbooks that aren't imported yet, each with the way to import it too. */
export function OtherSheets({ set }: { readonly set: ImportSet }) {
  const { t } = useTranslation();
  const add = useAddSheet(set.id);
  const offered = otherSheets(set.files);
  if (offered.length === 0) return null;
  return (
    <div className={classes.sheets}>
      <span>{t('imports.set.otherSheets')}</span>
      {offered.map(({ file, sheet, name }) => (
        <Button
          key={`${name} ${sheet}`}
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} stroke={1.8} aria-hidden />}
          loading={add.isPending && add.variables.sheet === sheet}
          onClick={() => add.mutate({ file, sheet }, { onError: tellFailure })}
        >
          {sheet}
        </Button>
      ))}
    </div>
  );
}
