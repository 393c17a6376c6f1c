import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportSetFile, RowOutcomeName } from '../../model/import.ts';
import { RowsPanel } from './RowsPanel.tsx';

/** The rows of one file after the other, the first with refused ones shown first. */
export function RowsOfFiles({
  files,
  outcomes,
}: {
  readonly files: readonly ImportSetFile[];
  readonly outcomes: readonly RowOutcomeName[];
}) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = files.filter((file) => outcomes.some((outcome) => file[outcome] > 0));
  const file = shown.find(({ id }) => id === chosen) ?? shown.find(({ failed }) => failed > 0) ?? shown[0];
  if (!file) return null;
  return (
    <RowsPanel
      key={file.id}
      file={file}
      outcomes={outcomes}
      choice={
        shown.length > 1 ? (
          <Select
            aria-label={t('imports.rows.file')}
            data={shown.map(({ id, fileName }) => ({ value: id, label: fileName }))}
            value={file.id}
            allowDeselect={false}
            onChange={setChosen}
          />
        ) : null
      }
    />
  );
}
