import { address } from '../../src/fields/address/address.ts';
import { anyReference } from '../../src/fields/any-reference/any-reference.ts';
import { baseValue } from '../../src/fields/base-value/base-value.ts';
import { checkbox } from '../../src/fields/checkbox/checkbox.ts';
import { choice } from '../../src/fields/choice/choice.ts';
import { date } from '../../src/fields/date/date.ts';
import { dateTime } from '../../src/fields/date-time/date-time.ts';
import { decimal } from '../../src/fields/decimal/decimal.ts';
import { email } from '../../src/fields/email/email.ts';
import { longText } from '../../src/fields/long-text/long-text.ts';
import { money } from '../../src/fields/money/money.ts';
import { multiChoice } from '../../src/fields/multi-choice/multi-choice.ts';
import { number } from '../../src/fields/number/number.ts';
import { percent } from '../../src/fields/percent/percent.ts';
import { personName } from '../../src/fields/person-name/person-name.ts';
import { phone } from '../../src/fields/phone/phone.ts';
import { reference } from '../../src/fields/reference/reference.ts';
import { text } from '../../src/fields/text/text.ts';
import { url } from '../../src/fields/url/url.ts';
import { type Labels, labels } from '../../src/lib/locale.ts';
import type { Level } from '../../src/model/access.ts';
import type { BaseValue } from '../../src/model/base-list.ts';
import type { Model } from '../../src/model/declarations.ts';
import { type Entity, entity } from '../../src/model/entity.ts';
import type { FieldSpec } from '../../src/model/field.ts';

const said = (word: string): Labels => labels(word, word, word);

const declared = (
  name: string,
  title: string,
  fields: Record<string, FieldSpec>,
  { read = 'all', links = {} }: { read?: Level; links?: Entity['links'] } = {},
): Entity =>
  entity<Record<string, FieldSpec>>({
    name,
    plural: name === 'opportunity' ? 'opportunities' : `${name}s`,
    label: { one: said(name), many: said(`${name}s`) },
    title,
    fields,
    list: { columns: [title], sort: title },
    form: [],
    links,
    access: { sales: { read } },
  });

const user = declared('user', 'name', {
  name: text({ label: said('Name') }),
  email: email({ label: said('E-mail') }),
});
const team = declared('team', 'name', { name: text({ label: said('Name') }) });

/** A customer or prospect of the sample. */
export const account = declared('account', 'name', {
  name: text({ label: said('Name') }),
  territory: text({ label: said('Territory') }),
  kind: choice({
    label: said('Kind'),
    values: [
      { code: 'prospect', label: said('Prospect') },
      { code: 'customer', label: labels('Customer', 'Client', 'Cliente') },
    ],
  }),
  employees: number({ label: said('Employees') }),
  address: address({ label: said('Address') }),
  active: checkbox({ label: said('Active') }),
  parent: reference({ label: said('Parent'), to: 'account' }),
});

/** An opportunity of the sample, with a field of nearly every type. */
export const opportunity = declared(
  'opportunity',
  'name',
  {
    name: text({ label: said('Name') }),
    notes: longText({ label: said('Notes') }),
    amount: money({ label: labels('Amount', 'Montant', 'Importe') }),
    fee: money({ label: said('Fee') }),
    discount: percent({ label: said('Discount') }),
    seats: number({ label: said('Seats') }),
    weight: decimal({ label: said('Weight'), scale: 3 }),
    closeDate: date({ label: said('Close date') }),
    nextCall: dateTime({ label: said('Next call') }),
    urgent: checkbox({ label: said('Urgent') }),
    stage: baseValue({ label: said('Stage'), list: 'stage' }),
    interests: multiChoice({
      label: said('Interests'),
      values: ['golf', 'wine', 'solar-power'].map((code) => ({ code, label: said(code) })),
    }),
    account: reference({ label: said('Account'), to: 'account' }),
    about: anyReference({ label: said('About'), to: ['account', 'user'] }),
    contact: personName({ label: said('Contact') }),
    phone: phone({ label: said('Phone') }),
    site: url({ label: said('Site') }),
  },
  {
    links: { hosts: { through: 'visit', from: 'opportunity', to: 'host', label: said('Hosts') } },
  },
);

/** A visit made for an opportunity, which only its team may read; it also links the opportunity to its host. */
export const visit = declared(
  'visit',
  'topic',
  {
    topic: text({ label: said('Topic') }),
    opportunity: reference({ label: said('Opportunity'), to: 'opportunity' }),
    host: reference({ label: said('Host'), to: 'user' }),
    cost: money({ label: said('Cost') }),
    minutes: number({ label: said('Minutes') }),
    day: date({ label: said('Day') }),
    regarding: anyReference({ label: said('Regarding'), to: ['account', 'opportunity'] }),
  },
  { read: 'team' },
);

const stage = (
  code: string,
  position: number,
  of: string | null,
  probability: string | null,
  active = true,
): BaseValue => ({
  id: `01900000-0000-7000-8000-00000000000${position}`,
  list: 'stage',
  code,
  label: said(code),
  position,
  active,
  class: of,
  probability,
  color: null,
});

/** The stages of the sample; one without a class or probability. */
export const stages: readonly BaseValue[] = [
  stage('new', 0, 'open', '10'),
  stage('proposal', 1, 'open', '50.5'),
  stage('closed-won', 2, 'won', '100'),
  stage('lost', 3, 'lost', '0'),
  stage('parked', 4, null, null, false),
];

const entities = [user, team, account, opportunity, visit];

/** The declarations that the tests of expressions run on. */
export const model: Model = {
  entities: new Map(entities.map((each) => [each.name, each])),
  byPlural: new Map(entities.map((each) => [each.plural, each])),
  stored: entities,
  rules: new Map(),
  verbs: new Map(),
  validations: new Map(),
  subscribers: new Map(),
  lists: new Map([
    [
      'stage',
      {
        name: 'stage',
        label: said('Stage'),
        classes: ['open', 'won', 'lost'].map((code) => ({ code, label: said(code) })),
        hasProbability: true,
        values: [],
      },
    ],
  ]),
};

/** Codes of the sample's lists. */
export const codes = (list: string): readonly BaseValue[] => (list === 'stage' ? stages : []);
