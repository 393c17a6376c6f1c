import { Select } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../../fields/field-view.tsx';
import { formatDecimal } from '../../../fields/format.browser.ts';
import type {
  ColumnMapping,
  ImportColumn,
  ImportTarget,
  ReferenceBy,
  UnknownValues,
} from '../../../model/import.ts';
import type { ToldMistake } from '../../../web-kit/api/problem.ts';
import classes from './Columns.module.css';
import { retargeted, withSetting } from './mapping-edit.ts';
import { TargetSelect } from './TargetSelect.tsx';
import { UnknownList } from './UnknownList.tsx';

/** One column of the file: what is in it, what it becomes, and what that asks further. */
export const ColumnLine = memo(function ColumnLine({
  column,
  said,
  rows,
  targets,
  isGuessed,
  shared,
  unknown,
  mistakes,
  onChange,
}: {
  readonly column: ImportColumn;
  readonly said: ColumnMapping;
  readonly rows: number;
  readonly targets: readonly ImportTarget[];
  readonly isGuessed: boolean;
  /** Names of the other columns that fill the same target, joined. */
  readonly shared: string;
  readonly unknown: UnknownValues | undefined;
  readonly mistakes: readonly ToldMistake[] | undefined;
  readonly onChange: (said: ColumnMapping) => void;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const target = targets.find(({ to }) => to === said.to);
  const namesRecords = target?.kind === 'reference' || target?.kind === 'link';
  const n = (value: number): string => formatDecimal(locale, value);
  return (
    <li className={classes.column} data-left={said.to === null || undefined}>
      <div className={classes.line}>
        <div className={classes.source}>
          <strong className={classes.name}>{column.name}</strong>
          <span className={classes.filled}>
            {column.filled === 0
              ? t('imports.map.filledNever')
              : t('imports.map.filled', { n: n(column.filled), of: n(rows) })}
          </span>
        </div>
        <div className={classes.samples}>
          {column.samples.slice(0, 3).map((sample) => (
            <span key={sample} className={classes.sample}>
              {sample}
            </span>
          ))}
        </div>
        <IconArrowRight size={17} stroke={1.6} aria-hidden className={classes.arrow} />
        <div className={classes.target}>
          <TargetSelect
            targets={targets}
            value={said.to}
            onChange={(to) => onChange(retargeted(column.name, to))}
            label={t('imports.map.targetOf', { column: column.name })}
            error={mistakes !== undefined}
          />
          {isGuessed && said.to !== null ? (
            <span className={classes.guessed}>{t('imports.map.guessed')}</span>
          ) : null}
        </div>
      </div>
      {mistakes || shared || namesRecords || unknown ? (
        <div className={classes.more}>
          {mistakes?.map((mistake) => (
            <p key={mistake.message} className={classes.mistake}>
              {mistake.message}
            </p>
          ))}
          {shared ? <p className={classes.hint}>{t('imports.map.sharedWith', { columns: shared })}</p> : null}
          {namesRecords ? (
            <div className={classes.by}>
              <span aria-hidden>{t('imports.map.by')}</span>
              <Select
                size="xs"
                aria-label={t('imports.map.byOf', { column: column.name })}
                data={[
                  { value: 'auto', label: t('imports.map.byAuto') },
                  { value: 'key', label: t('imports.map.byKey') },
                  { value: 'title', label: t('imports.map.byTitle') },
                  { value: 'id', label: t('imports.map.byId') },
                ]}
                value={said.by ?? 'auto'}
                allowDeselect={false}
                onChange={(by) =>
                  onChange(withSetting(said, 'by', by === 'auto' ? undefined : (by as ReferenceBy)))
                }
                className={classes.bySelect}
              />
            </div>
          ) : null}
          {unknown && target ? (
            <UnknownList unknown={unknown} target={target} said={said} onChange={onChange} />
          ) : null}
        </div>
      ) : null}
    </li>
  );
});
