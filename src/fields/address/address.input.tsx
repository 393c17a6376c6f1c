import { Select, Textarea, TextInput } from '@mantine/core';
import { labels } from '../../lib/locale.ts';
import type { InputProps } from '../field-input.tsx';
import { useFieldView } from '../field-view.tsx';
import { countryName } from '../format.browser.ts';
import { inputAttributes, listAttributes } from '../input-attributes.tsx';
import classes from '../parts.module.css';

const names = {
  street: labels('Street', 'Rue', 'Calle'),
  postalCode: labels('Postal code', 'Code postal', 'Código postal'),
  city: labels('City', 'Ville', 'Ciudad'),
  region: labels('Region', 'Région', 'Provincia o región'),
  country: labels('Country', 'Pays', 'País'),
};
const nothing = labels('Nothing found', 'Aucun résultat', 'Sin resultados');
const clear = labels('Clear', 'Effacer', 'Vaciar');

type Part = keyof typeof names;

/** An address by its parts, the country chosen by its name. */
export function Input(props: InputProps) {
  const { locale } = useFieldView();
  const address = (props.value ?? {}) as Readonly<Partial<Record<Part, string | null>>>;
  const { id, autoFocus: _autoFocus, required: _required, ...rest } = inputAttributes(props);
  const shared = { ...rest, 'data-autofocus': undefined };
  const part = (name: Part) => ({
    ...shared,
    id: name === 'street' ? id : `${id}-${name}`,
    'aria-label': `${props.field.label} – ${names[name][locale]}`,
    placeholder: names[name][locale],
    error: props.partErrors?.[name] ?? Boolean(props.error),
  });
  const text = (name: Part) => ({
    ...part(name),
    value: address[name] ?? '',
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      props.onChange({ ...address, [name]: event.currentTarget.value }),
  });
  const codes = props.field.options['countries'];
  return (
    <div className={classes.stack}>
      <Textarea {...text('street')} autosize minRows={1} maxRows={4} autoFocus={props.autoFocus ?? false} />
      <div className={classes.place}>
        <TextInput {...text('postalCode')} />
        <TextInput {...text('city')} />
      </div>
      <TextInput {...text('region')} />
      <Select
        {...part('country')}
        {...listAttributes(`${props.field.label} – ${names.country[locale]}`)}
        data={countries(locale, Array.isArray(codes) ? codes.map(String) : [])}
        value={address.country ?? null}
        onChange={(country) => props.onChange({ ...address, country })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': clear[locale] }}
        selectFirstOptionOnChange
        nothingFoundMessage={nothing[locale]}
        limit={60}
      />
    </div>
  );
}

const listed = new Map<string, { value: string; label: string }[]>();

/** Countries by their names in the reader's language, in its order. */
function countries(locale: string, codes: readonly string[]): { value: string; label: string }[] {
  const known = listed.get(locale);
  if (known && known.length === codes.length) return known;
  const made = codes
    .map((code) => ({ value: code, label: countryName(locale, code) }))
    .sort((one, other) => one.label.localeCompare(other.label, locale));
  listed.set(locale, made);
  return made;
}
