import { Select } from '@mantine/core';
import { labels } from '../lib/locale.ts';
import type { ValueDescription } from '../model/description.ts';
import type { InputProps } from './field-input.tsx';
import { useFieldView } from './field-view.tsx';
import { inputAttributes, listAttributes } from './input-attributes.tsx';
import { toneStyle } from './value-badge.tsx';

const nothing = labels('Nothing found', 'Aucun résultat', 'Sin resultados');
const clear = labels('Clear', 'Effacer', 'Vaciar');
const unoffered = labels('no longer offered', 'n’est plus proposée', 'ya no se ofrece');
const manyValues = 8;

/** The values one may choose now: those offered, and the ones already chosen even when they no longer are. */
export const offeredValues = (
  values: readonly ValueDescription[],
  chosen: readonly string[],
): readonly ValueDescription[] => values.filter(({ code, active }) => active || chosen.includes(code));

/** One value out of a few, each with its colour; a value no longer offered says so and can be left but not taken. */
export function CodeSelect(props: InputProps) {
  const { locale } = useFieldView();
  const { field } = props;
  const code = typeof props.value === 'string' ? props.value : null;
  const shown = offeredValues(field.values, code === null ? [] : [code]);
  const known = shown.some((value) => value.code === code);
  const hasColors = shown.some((value) => value.color !== null);
  const chosen = shown.find((value) => value.code === code);
  return (
    <Select
      {...inputAttributes(props)}
      {...listAttributes(field.label)}
      data={[
        ...shown.map((value) => ({ value: value.code, label: value.label })),
        ...(code !== null && !known ? [{ value: code, label: code }] : []),
      ]}
      value={code}
      onChange={(next) => props.onChange(next)}
      searchable={shown.length > manyValues}
      clearable={!field.required}
      clearButtonProps={{ 'aria-label': clear[locale] }}
      allowDeselect={false}
      nothingFoundMessage={nothing[locale]}
      maxDropdownHeight={320}
      defaultDropdownOpened={Boolean(props.autoFocus && props.compact)}
      {...(hasColors
        ? { leftSection: <Dot value={chosen} />, leftSectionPointerEvents: 'none' as const }
        : {})}
      renderOption={({ option }) => {
        const value = shown.find((candidate) => candidate.code === option.value);
        return (
          <span style={{ display: 'flex', alignItems: 'center', gap: 8, minWidth: 0 }}>
            {hasColors ? <Dot value={value} /> : null}
            <span className="r-ellipsis">{option.label}</span>
            {value && !value.active ? <span className="r-muted">({unoffered[locale]})</span> : null}
          </span>
        );
      }}
    />
  );
}

function Dot({ value }: { readonly value: ValueDescription | undefined }) {
  return (
    <span className="r-tone-dot" style={value ? toneStyle(value.color) : { background: 'transparent' }} />
  );
}
