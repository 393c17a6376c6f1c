import { currencies, currencyDigits, currencyOfSign, isCurrency } from '../../lib/currency.ts';
import { canonicalDecimal, type DecimalText } from '../../lib/decimal-text.ts';
import { formatDecimal, numberFormat } from '../../lib/formats.ts';
import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { type CommonSettings, type Field, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import {
  type DecimalBounds,
  limit,
  limitOption,
  readDecimal,
  readDecimalText,
  verifyBounds,
} from '../decimal-value.ts';
import type { FieldType, Read, ReadEnv } from '../field-type.ts';
import {
  accepted,
  isEmpty,
  isRefusal,
  quoted,
  type Refusal,
  readParts,
  refused,
  wrongType,
} from '../read-result.ts';
import { limitSettings } from '../setting.ts';
import { textOf } from '../text-column.ts';

/** What an author may say of money: limits of the amount, both included. */
export interface MoneySettings extends CommonSettings {
  readonly min?: number | string;
  readonly max?: number | string;
}

/** An amount, exact, with at least the decimals of its currency and at most four, and its ISO 4217 currency. */
export interface Money {
  readonly amount: DecimalText;
  readonly currency: string;
}

const badCurrency = message(
  'currency-unknown',
  '“{value}” isn’t a currency; write its three letters, like EUR or USD',
  '« {value} » n’est pas une devise ; écrivez ses trois lettres, comme EUR ou USD',
  '«{value}» no es una moneda; escriba sus tres letras, como EUR o USD',
);
const badCurrencyNear = message(
  'currency-unknown-near',
  '“{value}” isn’t a currency; did you mean {near}?',
  '« {value} » n’est pas une devise ; vouliez-vous dire {near} ?',
  '«{value}» no es una moneda; ¿quiso decir {near}?',
);
const currencyMissing = message(
  'currency-missing',
  'The amount {value} needs a currency, like EUR or USD',
  'Le montant {value} a besoin d’une devise, comme EUR ou USD',
  'El importe {value} necesita una moneda, como EUR o USD',
);
const shape = labels(
  'money like {"amount": "12.50", "currency": "EUR"}',
  'un montant comme {"amount": "12.50", "currency": "EUR"}',
  'un importe como {"amount": "12.50", "currency": "EUR"}',
);
const currencyShape = labels('a currency code', 'un code de devise', 'un código de moneda');
const scale = 4;

/** An amount of money with its currency. */
export const money = (settings: MoneySettings): FieldSpec => fieldSpec('money', { ...settings });

const boundsOf = (field: Field): DecimalBounds => ({
  scale,
  wholeDigits: 15,
  min: limitOption(field.options, 'min'),
  max: limitOption(field.options, 'max'),
});

/**
 * Money. A part left out of what is sent keeps its value; an amount without a currency takes the workspace's;
 * a currency without an amount is no money (null).
 */
export const moneyField: FieldType<Money> = {
  name: 'money',
  columns: (field) => [
    { name: columnName(field), sql: `numeric(19,${scale})` },
    { name: columnName(field, 'currency'), sql: 'text collate "C"' },
  ],
  paths: (field) => ({
    '': {
      kind: 'number',
      column: columnName(field),
      pick: (value) => (value as Money | null)?.amount ?? null,
    },
    currency: {
      kind: 'code',
      column: columnName(field, 'currency'),
      label: labels('Currency', 'Devise', 'Moneda'),
      pick: (value) => (value as Money | null)?.currency ?? null,
    },
  }),
  settings: limitSettings,
  sortable: true,
  read: readMoney,
  readText: (cell, field, env, part) =>
    part === 'currency' ? readSign(cell, env) : readMoneyText(cell, field, env),
  textParts: () => ({ currency: labels('Currency', 'Devise', 'Moneda') }),
  ownMember: 'amount',
  cells: () => ({ '': ({ amount }) => amount, currency: ({ currency }) => currency }),
  toRow: (value, field) => ({
    [columnName(field)]: value?.amount ?? null,
    [columnName(field, 'currency')]: value?.currency ?? null,
  }),
  fromRow: (row, field) => {
    const [amount, currency] = [row[columnName(field)], textOf(row, columnName(field, 'currency'))];
    if (amount === null || amount === undefined || currency === null) return null;
    return { amount: canonicalDecimal(String(amount), currencyDigits(currency)) ?? '0', currency };
  },
  toText: ({ amount, currency }, _field, env) => {
    const least = currencyDigits(currency);
    return formatDecimal(
      numberFormat(env.locale, {
        style: 'currency',
        currency,
        minimumFractionDigits: least,
        maximumFractionDigits: Math.max(least, scale),
      }),
      amount,
    );
  },
  jsonSchema: (_field, direction) => ({
    type: 'object',
    properties: {
      amount: { type: direction === 'in' ? ['string', 'null'] : 'string', pattern: '^-?\\d+(\\.\\d{1,4})?$' },
      currency: { type: direction === 'in' ? ['string', 'null'] : 'string', pattern: '^[A-Z]{3}$' },
    },
    ...(direction === 'out' ? { required: ['amount', 'currency'] } : {}),
    additionalProperties: false,
  }),
  example: (field) => {
    const fits = !isRefusal(readDecimal('1250', boundsOf(field)));
    const { min, max } = boundsOf(field);
    return { amount: canonicalDecimal(fits ? '1250' : limit(min ?? max ?? 0), 2), currency: 'EUR' };
  },
  describe: (field) => {
    const { min = null, max = null } = boundsOf(field);
    return { scale, min, max };
  },
  verify: (field) => verifyBounds(boundsOf(field)),
};

function readMoney(input: unknown, field: Field, env: ReadEnv, before?: Money | null): Read<Money> {
  if (isEmpty(input)) return accepted<Money>(null);
  const read = readParts(input, ['amount', 'currency'], shape);
  if (isRefusal(read)) return read;
  const { parts } = read;
  const amount = parts.has('amount')
    ? readDecimal(parts.get('amount'), boundsOf(field), 'amount', 0)
    : accepted(before?.amount ?? null);
  const currency = parts.has('currency')
    ? readCurrency(parts.get('currency'), env)
    : accepted(before?.currency ?? env.currency);
  if (isRefusal(amount) || isRefusal(currency)) {
    return {
      mistakes: [
        ...(isRefusal(amount) ? amount.mistakes : []),
        ...(isRefusal(currency) ? currency.mistakes : []),
      ],
    };
  }
  if (amount.value === null) return accepted<Money>(null);
  if (currency.value === null)
    return refused(currencyMissing, { value: amount.value }, amount.value, 'currency');
  const padded = canonicalDecimal(amount.value, currencyDigits(currency.value)) ?? amount.value;
  return accepted({ amount: padded, currency: currency.value });
}

function readCurrency(input: unknown, env: ReadEnv): { readonly value: string | null } | Refusal {
  if (isEmpty(input)) return accepted(env.currency);
  if (typeof input !== 'string') return wrongType(currencyShape, input, 'currency');
  const code = input.slice(0, 100).trim().toUpperCase();
  return isCurrency(code) ? accepted(code) : unknownCurrency(input, code);
}

function unknownCurrency(input: string, code: string): Refusal {
  const near = code.length === 3 ? nearest(code, currencies()) : null;
  return near === null
    ? refused(badCurrency, { value: quoted(input) }, input, 'currency')
    : refused(badCurrencyNear, { value: quoted(input), near }, input, 'currency');
}

/** A currency's code or sign in a column of its own. */
function readSign(cell: string, env: ReadEnv): Read<string> {
  if (isEmpty(cell)) return accepted<string>(null);
  const currency = currencyOfSign(cell.trim(), env.currency);
  return currency === null
    ? unknownCurrency(cell, cell.slice(0, 100).trim().toUpperCase())
    : accepted(currency);
}

const before = /^([(\-−+\s]*)((?:\p{L}{1,3})?\p{Sc}|\p{L}{2,5}\.?)\s*(?=[\d.,(\-−+\s])(.*)$/u;
const after = /^(.*[\d).,])\s*((?:\p{L}{1,3})?\p{Sc}|\p{L}{2,5}\.?)([)\s\-−]*)$/u;

/** An amount with or without its currency: what `read` takes, the currency left out where the cell has none. */
function readMoneyText(cell: string, field: Field, env: ReadEnv): Read<unknown> {
  if (isEmpty(cell)) return accepted<Money>(null);
  const text = cell.slice(0, 200).trim();
  const [leading, trailing] = [before.exec(text), after.exec(text)];
  const sign = leading?.[2] ?? trailing?.[2];
  const digits = leading
    ? `${leading[1] ?? ''}${leading[3] ?? ''}`
    : trailing
      ? `${trailing[1] ?? ''}${trailing[3] ?? ''}`
      : text;
  const currency = sign === undefined ? null : currencyOfSign(sign, env.currency);
  if (sign !== undefined && currency === null) {
    return refused(badCurrency, { value: quoted(sign) }, cell, 'currency');
  }
  const read = readDecimalText(digits, env);
  if (isRefusal(read)) return { mistakes: read.mistakes.map((mistake) => ({ ...mistake, value: cell })) };
  const bounded = readDecimal(read.value, boundsOf(field), '', 0);
  if (isRefusal(bounded)) return bounded;
  return accepted({ amount: bounded.value, ...(currency === null ? {} : { currency }) });
}
