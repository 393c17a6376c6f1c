import { Input, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { countryCodes, countryName } from '../../../lib/countries.ts';
import type { ImportDraft, ImportMapping } from '../../../model/import.ts';
import { Notice } from '../../../web-kit/ui/Notice.tsx';
import { Panel } from '../../../web-kit/ui/Panel.tsx';
import { useMe } from '../../data/me.ts';
import { currentLocale } from '../../i18n/i18n.ts';
import { currencyOptions } from '../../i18n/regions.ts';
import { withOption } from './mapping-edit.ts';
import type { MappingMistakes } from './mapping-mistakes.ts';
import classes from './Options.module.css';
import type { MappingEdit } from './use-mapping.ts';

const duplicatePolicies = ['create', 'update', 'skip', 'refuse'] as const;
const numbers = ['decimal', 'percent', 'money', 'number'];

/** How the file is to be read: whose ids it holds, what makes a row an existing record, how values are written. */
export function Options({
  draft,
  edit: { mapping, change },
  mistakes,
  isOneOfMany,
}: {
  readonly draft: ImportDraft;
  readonly edit: MappingEdit;
  readonly mistakes: MappingMistakes;
  /** Where the files come from is asked once for all of them, above. */
  readonly isOneOfMany: boolean;
}) {
  const { t } = useTranslation();
  const locale = currentLocale();
  const { workspace } = useMe();
  const wrong = mistakes.options;
  const types = typesOf(draft, mapping);
  const currencies = useMemo(() => currencyOptions(locale), [locale]);
  const countries = useMemo(
    () =>
      countryCodes()
        .map((code) => ({ value: code, label: countryName(code, locale) }))
        .sort((a, b) => a.label.localeCompare(b.label, locale)),
    [locale],
  );
  const isFilled = (to: string): boolean => mapping.columns.some((column) => column.to === to);
  const hasKey = mapping.match !== 'externalKey' || isFilled('externalKey');
  const matches = draft.targets.filter(({ isMatch }) => isMatch);

  return (
    <Panel title={t('imports.map.optionsTitle')}>
      <div className={classes.options}>
        {isOneOfMany ? null : (
          <TextInput
            className={classes.wide}
            label={t('imports.map.source')}
            description={t('imports.map.sourceWords')}
            value={mapping.source}
            error={wrong['source']}
            onChange={({ currentTarget: { value: source } }) => change((before) => ({ ...before, source }))}
            maxLength={60}
            spellCheck={false}
          />
        )}
        <Select
          className={classes.wide}
          label={t('imports.map.match')}
          description={t('imports.map.matchWords')}
          data={matches.map(({ to, label }) => ({
            value: to,
            label: to === 'externalKey' ? t('imports.map.matchKey', { source: mapping.source }) : label,
          }))}
          value={mapping.match}
          error={wrong['match']}
          allowDeselect={false}
          onChange={(match) => change((before) => (match ? { ...before, match } : before))}
        />
        {hasKey ? null : (
          <div className={classes.wide}>
            <Notice kind="warning">{t('imports.map.matchNone')}</Notice>
          </div>
        )}
        <Select
          className={classes.wide}
          label={t('imports.map.duplicates')}
          description={t('imports.map.duplicatesWords')}
          data={duplicatePolicies.map((policy) => ({
            value: policy,
            label: t(`imports.map.duplicatePolicies.${policy}`),
          }))}
          value={mapping.duplicates ?? 'create'}
          error={wrong['duplicates']}
          allowDeselect={false}
          onChange={(policy) =>
            change((before) =>
              withOption(before, 'duplicates', (policy as ImportMapping['duplicates']) ?? undefined),
            )
          }
        />
        {types.has('money') ? (
          <Select
            label={t('imports.map.currency')}
            data={currencies}
            value={mapping.currency ?? workspace.currency}
            error={wrong['currency']}
            searchable
            allowDeselect={false}
            onChange={(currency) => change((before) => withOption(before, 'currency', currency ?? undefined))}
          />
        ) : null}
        {numbers.some((type) => types.has(type)) ? (
          <Choice
            label={t('imports.map.decimal')}
            value={mapping.decimal ?? '.'}
            error={wrong['decimal']}
            data={[
              { value: '.', label: t('imports.map.decimalPoint') },
              { value: ',', label: t('imports.map.decimalComma') },
            ]}
            onChange={(decimal) =>
              change((before) => withOption(before, 'decimal', decimal as ImportMapping['decimal']))
            }
          />
        ) : null}
        {types.has('date') || types.has('date-time') ? (
          <Select
            label={t('imports.map.dateOrder')}
            data={(['ymd', 'dmy', 'mdy'] as const).map((order) => ({
              value: order,
              label: t(`imports.map.dateOrders.${order}`),
            }))}
            value={mapping.dateOrder ?? 'ymd'}
            error={wrong['dateOrder']}
            allowDeselect={false}
            onChange={(order) =>
              change((before) => withOption(before, 'dateOrder', order as ImportMapping['dateOrder']))
            }
          />
        ) : null}
        {types.has('phone') ? (
          <Select
            label={t('imports.map.country')}
            placeholder={t('imports.map.noCountry')}
            data={countries}
            value={mapping.country ?? null}
            error={wrong['country']}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('common.clear') }}
            onChange={(country) => change((before) => withOption(before, 'country', country ?? undefined))}
          />
        ) : null}
      </div>
    </Panel>
  );
}

/** Types of fields that the columns become: what plays no part isn't asked. */
function typesOf(draft: ImportDraft, mapping: ImportMapping): ReadonlySet<string> {
  const given = new Set([...mapping.columns, ...(mapping.constants ?? [])].map(({ to }) => to));
  return new Set(draft.targets.filter(({ to }) => given.has(to)).map(({ type }) => type));
}

function Choice({
  label,
  error,
  ...rest
}: {
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly data: { value: string; label: string }[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <Input.Wrapper label={label} error={error} labelElement="div">
      <SegmentedControl {...rest} aria-label={label} size="sm" fullWidth />
    </Input.Wrapper>
  );
}
