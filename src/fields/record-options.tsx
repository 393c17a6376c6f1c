import { Combobox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { labels } from '../lib/locale.ts';
import { type Choice, useFieldEditing } from './field-input.tsx';
import { useFieldView } from './field-view.tsx';
import classes from './record-picker.module.css';
import type { Found } from './use-found-records.browser.ts';

const searching = labels('Searching …', 'Recherche …', 'Buscando …');
const nothing = labels('Nothing found', 'Aucun résultat', 'Sin resultados');
const failed = labels(
  'The search failed. Type again.',
  'La recherche a échoué. Réessayez.',
  'La búsqueda falló. Inténtelo de nuevo.',
);

/** Marks the option that makes a new record of an entity. */
export const newOption = 'new:';

/** The records a picker found, by entity where there are several, and the way to a new one. */
export function RecordOptions({
  label,
  entities,
  found,
  taken = [],
}: {
  /** What the list is of. */
  readonly label: string;
  readonly entities: readonly string[];
  readonly found: Found;
  /** Ids already chosen. */
  readonly taken?: readonly string[];
}) {
  const { locale } = useFieldView();
  const { newLabel } = useFieldEditing();
  const choices = found.choices.filter(({ id }) => !taken.includes(id));
  return (
    <Combobox.Options aria-label={label} mah={280} style={{ overflowY: 'auto' }}>
      {choices.map((choice) => (
        <Combobox.Option key={choice.id} value={optionOf(choice)} className={classes.option}>
          <span className="r-ellipsis">{choice.label}</span>
          {choice.detail ? <span className={classes.detail}>{choice.detail}</span> : null}
        </Combobox.Option>
      ))}
      {choices.length === 0 ? (
        <Combobox.Empty>
          {(found.hasFailed ? failed : found.isSearching ? searching : nothing)[locale]}
        </Combobox.Empty>
      ) : null}
      {entities.map((entity) => {
        const label = newLabel?.(entity);
        return label ? (
          <Combobox.Option key={entity} value={newOption + entity} className={classes.create}>
            <IconPlus size={15} stroke={2} aria-hidden />
            {label}
          </Combobox.Option>
        ) : null;
      })}
    </Combobox.Options>
  );
}

/** A choice as the value of an option. */
export const optionOf = ({ entity, id }: Choice): string => `${entity}/${id}`;
