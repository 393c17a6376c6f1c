import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { ImportState, RowOutcomeName } from '../../model/import.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Panel } from '../../web-kit/ui/Panel.tsx';
import { failedRowsUrl, importFileQuery, importRowsQuery } from './import-data.ts';
import { RowLine } from './RowLine.tsx';
import classes from './RowsPanel.module.css';

/** The rows of a file by what became of them; of refused ones every reason, and all of them as a file. */
export function RowsPanel({
  file,
  choice,
  outcomes,
}: {
  readonly file: ImportState;
  /** What chooses another file. */
  readonly choice?: ReactNode;
  readonly outcomes: readonly RowOutcomeName[];
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const present = outcomes.filter((outcome) => file[outcome] > 0);
  const [chosen, setChosen] = useState<RowOutcomeName | null>(null);
  const outcome = chosen && present.includes(chosen) ? chosen : present[0];
  const rows = useInfiniteQuery({
    ...importRowsQuery(file.id, outcome ?? 'failed', file.finishedAt),
    enabled: outcome !== undefined,
    placeholderData: keepPreviousData,
  });
  const { data: draft } = useQuery(importFileQuery(file.id));
  if (outcome === undefined) return null;
  const columns = draft?.columns.map(({ name }) => name) ?? [];
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  const isOnlyFailed = present.length === 1 && outcome === 'failed';

  return (
    <Panel
      title={isOnlyFailed ? t('imports.rows.failedTitle') : t('imports.rows.title')}
      note={file.failed > 0 ? t('imports.rows.downloadWords') : undefined}
      action={
        file.failed > 0 ? (
          <Button
            component="a"
            href={failedRowsUrl(file.id)}
            download
            variant="default"
            size="xs"
            leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}
            className={classes.download}
          >
            {t('imports.rows.download')}
          </Button>
        ) : null
      }
    >
      {choice ? <div className={classes.file}>{choice}</div> : null}
      {present.length > 1 ? (
        <SegmentedControl
          aria-label={t('imports.rows.show')}
          className={classes.choice}
          value={outcome}
          onChange={(next) => setChosen(next)}
          data={present.map((each) => ({
            value: each,
            label: `${t(`imports.rows.${each}`)} (${formatDecimal(locale, file[each])})`,
          }))}
        />
      ) : null}
      {rows.error ? <Notice>{rows.error.message}</Notice> : null}
      <ul className={classes.rows} data-stale={rows.isPlaceholderData || undefined}>
        {rows.isPending
          ? [1, 2, 3].map((line) => (
              <li key={line} className={classes.row}>
                <Skeleton height={18} width="50%" />
              </li>
            ))
          : items.map((row) => <RowLine key={row.row} row={row} file={file} columns={columns} />)}
      </ul>
      {rows.hasNextPage ? (
        <div className={classes.more}>
          <Button
            variant="default"
            onClick={() => void rows.fetchNextPage()}
            loading={rows.isFetchingNextPage}
          >
            {t('imports.rows.more')}
          </Button>
          <span className="r-muted">
            {t('imports.rows.of', {
              n: formatDecimal(locale, items.length),
              of: formatDecimal(locale, file[outcome]),
            })}
          </span>
        </div>
      ) : null}
    </Panel>
  );
}
