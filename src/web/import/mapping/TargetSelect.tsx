import { type ComboboxItem, type ComboboxParsedItem, type OptionsFilter, Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { fold } from '../../../lib/fold.ts';
import type { ImportTarget } from '../../../model/import.ts';
import classes from './Columns.module.css';

const kinds = ['key', 'field', 'part', 'reference', 'link'] as const;

/** What stands for "not imported" among the values of the select. */
const nothing = '-';

/** Finds every word typed anywhere in a label, whatever the accents. */
const filter: OptionsFilter = ({ options, search }) => {
  const words = fold(search).split(' ').filter(Boolean);
  const fits = (option: ComboboxItem): boolean => {
    const label = fold(option.label);
    return words.every((word) => label.includes(word));
  };
  return [...options].flatMap((option): ComboboxParsedItem[] => {
    if (!('group' in option)) return fits(option) ? [option] : [];
    const items = (option.items as readonly ComboboxItem[]).filter(fits);
    return items.length > 0 ? [{ ...option, items: [...items] }] : [];
  });
};

/** Chooses what a column becomes. */
export function TargetSelect({
  targets,
  value,
  onChange,
  label,
  error,
  isOptional = true,
}: {
  readonly targets: readonly ImportTarget[];
  readonly value: string | null;
  readonly onChange: (to: string | null) => void;
  /** Read out, not shown. */
  readonly label: string;
  readonly error?: boolean;
  /** Whether "not imported" is among the choices. */
  readonly isOptional?: boolean;
}) {
  const { t } = useTranslation();
  const data = useMemo(() => {
    const groups = kinds.flatMap((kind) => {
      const items = targets
        .filter((target) => target.kind === kind)
        .map(({ to, label }) => ({ value: to, label }));
      return items.length > 0 ? [{ group: t(`imports.map.groups.${kind}`), items }] : [];
    });
    return isOptional ? [{ value: nothing, label: t('imports.map.notImported') }, ...groups] : groups;
  }, [targets, isOptional, t]);
  const needed = useMemo(
    () => new Set(targets.filter(({ required }) => required).map(({ to }) => to)),
    [targets],
  );
  return (
    <Select
      aria-label={label}
      renderOption={({ option }) => (
        <>
          {option.label}
          {needed.has(option.value) ? (
            <span className={classes.needed}>{t('imports.map.required')}</span>
          ) : null}
        </>
      )}
      data={data}
      value={value ?? (isOptional ? nothing : null)}
      onChange={(to) => onChange(to === nothing ? null : to)}
      filter={filter}
      searchable
      allowDeselect={false}
      maxDropdownHeight={340}
      error={error}
      nothingFoundMessage={t('imports.map.noTarget')}
      placeholder={t('imports.map.searchTarget')}
      comboboxProps={{ position: 'bottom-start' }}
      classNames={{ input: value === null && isOptional ? classes.none : undefined }}
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}
