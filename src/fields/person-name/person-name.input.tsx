import { TextInput } from '@mantine/core';
import { labels } from '../../lib/locale.ts';
import type { InputProps } from '../field-input.tsx';
import { useFieldView } from '../field-view.tsx';
import { inputAttributes } from '../input-attributes.tsx';
import classes from '../parts.module.css';

const parts = [
  ['first', labels('First name', 'Prénom', 'Nombre')],
  ['middle', labels('Middle name', 'Deuxième prénom', 'Segundo nombre')],
  ['last', labels('Last name', 'Nom', 'Apellidos')],
] as const;

/** A person's name by its parts. */
export function Input(props: InputProps) {
  const { locale } = useFieldView();
  const name = (props.value ?? {}) as Readonly<Record<string, string | null>>;
  const { id, autoFocus: _autoFocus, required: _required, ...shared } = inputAttributes(props);
  return (
    <div className={classes.parts}>
      {parts.map(([part, label], position) => (
        <TextInput
          key={part}
          {...shared}
          id={position === 0 ? id : `${id}-${part}`}
          {...(position === 0 && props.autoFocus ? { autoFocus: true } : { 'data-autofocus': undefined })}
          aria-label={label[locale]}
          placeholder={label[locale]}
          error={props.partErrors?.[part] ?? Boolean(props.error)}
          value={name[part] ?? ''}
          onChange={(event) => props.onChange({ ...name, [part]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}
