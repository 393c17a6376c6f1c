import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../../fields/field-view.tsx';
import { formatDecimal } from '../../../fields/format.browser.ts';
import type { ColumnMapping, ImportTarget, UnknownPolicy, UnknownValues } from '../../../model/import.ts';
import { becomes, choiceText, commonChoice, textChoice, withPolicy, withSetting } from './mapping-edit.ts';
import classes from './UnknownList.module.css';

/** How many are shown before one asks for all. */
const few = 6;

/** The values of a column that its list doesn't know, and what each becomes. */
export function UnknownList({
  unknown,
  target,
  said,
  onChange,
}: {
  readonly unknown: UnknownValues;
  readonly target: ImportTarget;
  readonly said: ColumnMapping;
  readonly onChange: (said: ColumnMapping) => void;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const [isWhole, setWhole] = useState(false);
  const n = (count: number) => ({ count, n: formatDecimal(locale, count) });
  const policies: readonly UnknownPolicy[] = [
    ...(target.canCreateValues ? (['create'] as const) : []),
    'empty',
    'refuse',
  ];
  const doing = policies.map((policy) => ({ value: `do:${policy}`, label: t(`imports.map.${policy}`) }));
  const known = target.values.map(({ code, label }) => ({ value: `code:${code}`, label }));
  const shown = isWhole ? unknown.values : unknown.values.slice(0, few);
  const hidden = unknown.values.length - shown.length;

  return (
    <div className={classes.unknown}>
      <div className={classes.head}>
        <p className={classes.title}>
          <strong>{t('imports.map.unknownTitle', n(unknown.values.length + unknown.more))}</strong>{' '}
          <span>{t('imports.map.unknownWords')}</span>
        </p>
        {unknown.values.length > 1 ? (
          <Select
            size="xs"
            aria-label={t('imports.map.unknownAllOf', { column: unknown.column })}
            placeholder={t('imports.map.mixed')}
            data={doing.map(({ value, label }) => ({
              value,
              label: t('imports.map.unknownAll', { what: label }),
            }))}
            value={commonChoice(said, unknown.values)}
            allowDeselect={false}
            onChange={(value) => {
              if (value) onChange(withPolicy(said, value.slice(3) as UnknownPolicy));
            }}
            className={classes.all}
          />
        ) : null}
      </div>
      <ul className={classes.values}>
        {shown.map((value) => {
          const choice = choiceText(becomes(said, value));
          const suggested = target.values.find(({ code }) => code === value.suggestion);
          const set = (text: string): void =>
            onChange(withSetting(said, 'values', { ...said.values, [value.value]: textChoice(text) }));
          return (
            <li key={value.value} className={classes.value}>
              <span className={classes.text}>{value.value}</span>
              <span className={classes.rows}>{t('imports.notes.rows', n(value.rows))}</span>
              <Select
                size="xs"
                aria-label={t('imports.map.unknownOf', { value: value.value })}
                data={[
                  { group: t('imports.map.whatToDo'), items: doing },
                  { group: t('imports.map.known'), items: known },
                ]}
                value={choice}
                allowDeselect={false}
                searchable={known.length > 8}
                onChange={(text) => {
                  if (text) set(text);
                }}
                className={classes.select}
              />
              {suggested && choice !== `code:${suggested.code}` ? (
                <Button variant="subtle" size="compact-xs" onClick={() => set(`code:${suggested.code}`)}>
                  {t('imports.map.use', { value: suggested.label })}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {hidden > 0 || isWhole || unknown.more > 0 ? (
        <p className={classes.foot}>
          {hidden > 0 || isWhole ? (
            <Button variant="subtle" size="compact-xs" onClick={() => setWhole(!isWhole)}>
              {isWhole ? t('imports.map.showFewer') : t('imports.map.showAll', n(unknown.values.length))}
            </Button>
          ) : null}
          {unknown.more > 0 ? <span>{t('imports.map.unknownMore', n(unknown.more))}</span> : null}
        </p>
      ) : null}
    </div>
  );
}
