import { SegmentedControl } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../../fields/field-view.tsx';
import { formatDecimal } from '../../../fields/format.browser.ts';
import type { ColumnMapping, ImportDraft } from '../../../model/import.ts';
import { Panel } from '../../../web-kit/ui/Panel.tsx';
import { ColumnLine } from './ColumnLine.tsx';
import classes from './Columns.module.css';
import { columnOf, sharing, withColumn } from './mapping-edit.ts';
import type { MappingMistakes } from './mapping-mistakes.ts';
import type { MappingEdit } from './use-mapping.ts';

type Shown = 'all' | 'imported' | 'left';

/** Every column of the file and what it becomes. */
export function Columns({
  draft,
  edit,
  mistakes,
}: {
  readonly draft: ImportDraft;
  readonly edit: MappingEdit;
  readonly mistakes: MappingMistakes;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const [shown, setShown] = useState<Shown>('all');
  const { mapping, change } = edit;
  const names = draft.columns.map(({ name }) => name);
  const imported = names.filter((name) => columnOf(mapping, name).to !== null).length;
  const counts: Readonly<Record<Shown, number>> = {
    all: names.length,
    imported,
    left: names.length - imported,
  };

  const joined = names.join('\n');
  const onChange = useCallback(
    (said: ColumnMapping) => change((before) => withColumn(before, joined.split('\n'), said)),
    [change, joined],
  );

  const lines = draft.columns
    .map((column, position) => ({ column, position, said: columnOf(mapping, column.name) }))
    .filter(({ said }) => shown === 'all' || (shown === 'imported') === (said.to !== null));
  return (
    <Panel
      title={t('imports.map.columnsTitle')}
      action={
        <SegmentedControl
          aria-label={t('imports.map.show')}
          value={shown}
          onChange={(next) => setShown(next)}
          data={(['all', 'imported', 'left'] as const).map((each) => ({
            value: each,
            label: `${t(`imports.map.${each}`)} (${formatDecimal(locale, counts[each])})`,
          }))}
        />
      }
    >
      <div className={classes.heads} aria-hidden>
        <span>{t('imports.map.column')}</span>
        <span>{t('imports.map.samples')}</span>
        <span />
        <span>{t('imports.map.target')}</span>
      </div>
      <ul className={classes.columns}>
        {lines.map(({ column, position, said }) => (
          <ColumnLine
            key={column.name}
            column={column}
            said={said}
            rows={draft.rows}
            targets={draft.targets}
            isGuessed={said.to !== null && draft.guess?.[position] === said.to}
            shared={sharing(mapping, said)
              .map((name) => t('imports.map.quoted', { name }))
              .join(', ')}
            unknown={draft.unknown.find((each) => each.column === column.name && each.to === said.to)}
            mistakes={mistakes.columns.get(position)}
            onChange={onChange}
          />
        ))}
      </ul>
      {lines.length === 0 ? (
        <p className="r-muted">{t(shown === 'left' ? 'imports.map.nothingLeft' : 'imports.map.nothingIn')}</p>
      ) : null}
    </Panel>
  );
}
