import { Select } from '@mantine/core';
import { labels } from '../../lib/locale.ts';
import { type InputProps, useFieldEditing } from '../field-input.tsx';
import { useFieldView } from '../field-view.tsx';
import { inputAttributes, listAttributes } from '../input-attributes.tsx';
import { NumberBox } from '../number-box.tsx';
import classes from '../parts.module.css';

const currencyLabel = labels('Currency', 'Devise', 'Moneda');
const nothing = labels('Nothing found', 'Aucun résultat', 'Sin resultados');
const usual = ['EUR', 'USD', 'GBP', 'CHF', 'CAD', 'MXN'];

interface Amount {
  readonly amount: string | null;
  readonly currency: string | null;
}

/** An amount and its currency, the workspace's own unless another is chosen. */
export function Input(props: InputProps) {
  const { locale } = useFieldView();
  const own = useFieldEditing().currency;
  const value = (props.value ?? null) as Amount | null;
  const currency = value?.currency ?? own;
  const {
    autoFocus: _autoFocus,
    id: _id,
    required: _required,
    onBlur: _onBlur,
    ...shared
  } = inputAttributes(props);
  const change = (next: Partial<Amount>): void => {
    const amount = 'amount' in next ? (next.amount ?? null) : (value?.amount ?? null);
    const chosen = next.currency ?? value?.currency ?? null;
    props.onChange(amount === null && chosen === null ? null : { amount, currency: chosen ?? own });
  };
  const wrongAmount = props.partErrors?.['amount'];
  return (
    <div className={classes.money}>
      <NumberBox
        {...props}
        keepsZeros
        value={value?.amount ?? null}
        error={props.error ?? wrongAmount}
        onChange={(amount) => change({ amount: amount === null ? null : String(amount) })}
      />
      <Select
        {...shared}
        id={`${props.id}-currency`}
        {...listAttributes(`${props.field.label} – ${currencyLabel[locale]}`)}
        error={Boolean(props.partErrors?.['currency'])}
        data={currencies(own)}
        value={currency}
        onChange={(code) => change({ currency: code })}
        searchable
        selectFirstOptionOnChange
        allowDeselect={false}
        nothingFoundMessage={nothing[locale]}
        comboboxProps={{ width: 280, position: 'bottom-end' }}
        filter={({ options, search }) => {
          const wanted = search.trim().toLocaleLowerCase();
          return options.filter(
            (option) =>
              'value' in option &&
              `${option.value} ${currencyName(locale, option.value)}`.toLocaleLowerCase().includes(wanted),
          );
        }}
        renderOption={({ option }) => (
          <span className="r-ellipsis">
            <strong>{option.value}</strong>{' '}
            <span className="r-muted">{currencyName(locale, option.value)}</span>
          </span>
        )}
      />
    </div>
  );
}

function currencies(own: string | null): { value: string; label: string }[] {
  const first = [...new Set([...(own ? [own] : []), ...usual])];
  const rest = Intl.supportedValuesOf('currency').filter((code) => !first.includes(code));
  return [...first, ...rest].map((code) => ({ value: code, label: code }));
}

const names = new Map<string, Intl.DisplayNames>();

function currencyName(locale: string, code: string): string {
  const known = names.get(locale) ?? new Intl.DisplayNames([locale], { type: 'currency' });
  names.set(locale, known);
  return known.of(code) ?? code;
}
