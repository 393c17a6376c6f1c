import { fieldTypes } from '../../src/fields/index.ts';
import type { Caller } from '../harness/doors.ts';

/** A field to declare, a value to send, the value as it is answered, and an expression that is true of it. */
export interface Sample {
  readonly type: string;
  readonly options?: unknown;
  readonly sent: unknown;
  readonly told?: unknown;
  readonly where: string;
}

const values = [
  { code: 'red', label: { en: 'Red', fr: 'Rouge', es: 'Rojo' }, color: 'red' },
  { code: 'green', label: 'Green' },
];

/** A sample of every field type that an administrator may declare, by the name of its field; `account` is a record’s id. */
export const samples = (account: string): Readonly<Record<string, Sample>> => ({
  xLine: { type: 'text', options: { max: 80 }, sent: 'Ångström', where: 'xLine = "angstrom"' },
  xStory: { type: 'long-text', sent: 'Once\nupon', where: 'xStory contains "upon"' },
  xWhole: { type: 'number', options: { min: 0, max: 5000 }, sent: 1200, where: 'xWhole > 1000' },
  xExact: { type: 'decimal', options: { scale: 3, min: '0.5' }, sent: '3.125', where: 'xExact = 3.125' },
  xPrice: {
    type: 'money',
    sent: { amount: '12.50', currency: 'GBP' },
    where: 'xPrice = 12.5 and xPrice.currency = GBP',
  },
  xShare: { type: 'percent', sent: '12.50', where: 'xShare in 12..13' },
  xDay: { type: 'date', sent: '2026-12-24', where: 'xDay = 2026-12-24' },
  xMoment: { type: 'date-time', sent: '2026-12-24T10:00:00.000Z', where: 'xMoment > 2026-12-24T09:00Z' },
  xTick: { type: 'checkbox', sent: true, where: 'xTick' },
  xColor: { type: 'choice', options: { values }, sent: 'green', where: 'xColor = green' },
  xShades: { type: 'multi-choice', options: { values }, sent: ['red', 'green'], where: 'xShades in (red)' },
  xTrade: {
    type: 'base-value',
    options: { list: 'industry' },
    sent: 'construction',
    where: 'xTrade = construction',
  },
  xFirm: {
    type: 'reference',
    options: { to: 'account' },
    sent: account,
    told: { id: account, label: 'Maison Élan' },
    where: 'xFirm.name = "maison elan"',
  },
  xSubject: {
    type: 'any-reference',
    options: { to: ['account', 'contact'] },
    sent: { entity: 'account', id: account },
    told: { entity: 'account', id: account, label: 'Maison Élan' },
    where: 'xSubject.entity = account',
  },
  xFirms: {
    type: 'references',
    options: { to: 'account' },
    sent: [account],
    told: [{ id: account, label: 'Maison Élan' }],
    where: `xFirms in ("${account}")`,
  },
  xMail: { type: 'email', sent: 'zoe@example.org', where: 'xMail = "zoe@example.org"' },
  xCall: {
    type: 'phone',
    sent: '+33 1 42 68 53 00',
    told: { typed: '+33 1 42 68 53 00', e164: '+33142685300' },
    where: 'xCall.e164 = "+33142685300"',
  },
  xPage: { type: 'url', sent: 'https://example.org/a', where: 'xPage contains "example.org"' },
  xPlace: {
    type: 'address',
    sent: { street: '1 rue du Port', city: 'Orléans', postalCode: '45000', region: null, country: 'FR' },
    where: 'xPlace.city = "orleans"',
  },
  xPerson: {
    type: 'person-name',
    sent: { first: 'Zoé', middle: null, last: 'Lémery' },
    where: 'xPerson contains "lemery"',
  },
});

/** The field types that an administrator may declare. */
export const declarableTypes: readonly string[] = [...fieldTypes.values()]
  .filter(({ settings }) => settings !== undefined)
  .map(({ name }) => name);

/** Declares a field of every type on an entity. */
export async function declareAll(admin: Caller, entity: string, account: string): Promise<readonly string[]> {
  const fields = Object.entries(samples(account)).map(([name, { type, options }], position) => ({
    entity,
    name,
    type,
    labelEn: `The ${name.slice(1).toLowerCase()}`,
    labelFr: `Le ${name.slice(1).toLowerCase()}`,
    options: options ?? null,
    position,
  }));
  const { status, body, text } = await admin.program('POST', '/custom-fields', fields);
  if (status !== 201) throw new Error(text);
  return body.items.map(({ id }) => id);
}
