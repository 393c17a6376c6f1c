import { MultiSelect } from '@mantine/core';
import { labels } from '../../lib/locale.ts';
import { offeredValues } from '../code-select.tsx';
import type { InputProps } from '../field-input.tsx';
import { useFieldView } from '../field-view.tsx';
import { inputAttributes, listAttributes } from '../input-attributes.tsx';

const nothing = labels('Nothing found', 'Aucun résultat', 'Sin resultados');
const clear = labels('Clear', 'Effacer', 'Vaciar');

/** Several values of a list. */
export function Input(props: InputProps) {
  const { locale } = useFieldView();
  const codes = Array.isArray(props.value) ? props.value.map(String) : [];
  const shown = offeredValues(props.field.values, codes);
  return (
    <MultiSelect
      {...inputAttributes(props)}
      {...listAttributes(props.field.label)}
      required={false}
      data={shown.map(({ code, label }) => ({ value: code, label }))}
      value={codes}
      onChange={(next) => props.onChange(next.length > 0 ? next : null)}
      searchable
      hidePickedOptions
      clearable={!props.field.required}
      clearButtonProps={{ 'aria-label': clear[locale] }}
      nothingFoundMessage={nothing[locale]}
    />
  );
}
