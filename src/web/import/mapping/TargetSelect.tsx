import { type ComboboxItem, type ComboboxParsedItem, type OptionsFilter, Select } from '@mantine/core';
import { IconSelector } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
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

interface TargetSelectProps {
  readonly targets: readonly ImportTarget[];
  readonly value: string | null;
  readonly onChange: (to: string | null) => void;
  /** Read out, not shown. */
  readonly label: string;
  readonly error?: boolean;
  /** Whether "not imported" is among the choices. */
  readonly isOptional?: boolean;
}

/**
 * Chooses what a column becomes. A file may have hundreds of columns, and a select is dear: one that nobody is at
 * is a button that looks like it.
 */
export function TargetSelect(props: TargetSelectProps) {
  const { t } = useTranslation();
  const [isActive, setActive] = useState(false);
  if (isActive) return <ActiveSelect {...props} onLeave={() => setActive(false)} />;
  const chosen = props.targets.find(({ to }) => to === props.value);
  return (
    <button
      type="button"
      role="combobox"
      aria-expanded={false}
      aria-haspopup="listbox"
      aria-label={props.label}
      aria-invalid={props.error === true}
      className={classes.choice}
      data-none={chosen === undefined || undefined}
      onFocus={() => setActive(true)}
      // A press that moved the focus would end on what takes this place.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => setActive(true)}
    >
      <span className="r-ellipsis">{chosen?.label ?? t('imports.map.notImported')}</span>
      <IconSelector size={15} stroke={1.6} aria-hidden />
    </button>
  );
}

function ActiveSelect({
  targets,
  value,
  onChange,
  label,
  error,
  isOptional = true,
  onLeave,
}: TargetSelectProps & { readonly onLeave: () => void }) {
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
      autoFocus
      defaultDropdownOpened
      onBlur={onLeave}
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
