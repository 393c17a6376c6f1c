import type { Model } from '../../src/model/declarations.ts';
import type { Cells } from './write-doors.ts';

/** What a rule refuses, as one change of a record that is right. */
export interface RuleExample {
  /** Names of what declares the rule, as `declaredRules` tells them. */
  readonly covers: readonly string[];
  readonly entity: string;
  readonly right: Cells;
  /** A cell `@accounts` names a record of that plural. */
  readonly wrong: Cells;
  /** Field and code of each mistake. */
  readonly refused: readonly string[];
  /** It is about the change, not about what the record is: a new record and the way back are free of it. */
  readonly ofChange?: true;
  /** The lead is converted before it is changed. */
  readonly isConverted?: true;
  /** A record of the set-up, which no file and no conversion brings. */
  readonly ofSetup?: true;
}

/** The rule that an administrator keeps while the examples are tried. */
export const storedRule = {
  name: 'nobody has 4242 people',
  entity: 'account',
  wrongWhen: 'employees = 4242 and name is not empty',
  field: 'employees',
  messageEn: 'That many people is a typing error.',
};

const deal: Cells = { name: 'Deal', closeDate: '2027-01-31', stage: 'proposal' };

/** Another value for each field of a lead that stays as it was once it is converted. */
const lockedLead: Readonly<Record<string, Cells>> = {
  name: { 'name.last': 'Another' },
  salutation: { salutation: 'ms' },
  jobTitle: { jobTitle: 'Another' },
  company: { company: 'Another' },
  account: { account: '@accounts' },
  contact: { contact: '@contacts' },
  status: { status: 'new' },
  quality: { quality: 'hot' },
  source: { source: 'trade-show' },
  industry: { industry: 'energy' },
  amount: { amount: '7' },
  email: { email: 'another@example.org' },
  phone: { phone: '+33142685300' },
  mobile: { mobile: '+33642685300' },
  doNotCall: { doNotCall: 'true' },
  website: { website: 'https://example.org/' },
  address: { 'address.city': 'Paris' },
};

/** An example for each rule that refuses something. */
export const ruleExamples: readonly RuleExample[] = [
  {
    covers: [
      'opportunity: a lost opportunity says why',
      'opportunity.lostReason: requiredWhen stage.class = lost',
    ],
    entity: 'opportunity',
    right: deal,
    wrong: { stage: 'closed-lost' },
    refused: ['lostReason: opportunity.lost-without-reason'],
  },
  {
    covers: [
      'opportunity: only a lost opportunity has a reason for it',
      'opportunity.lostReason: shownWhen stage.class = lost',
    ],
    entity: 'opportunity',
    right: deal,
    wrong: { lostReason: 'price' },
    refused: ['lostReason: opportunity.reason-without-loss'],
  },
  {
    covers: ['lead: a lead is converted by its conversion alone'],
    entity: 'lead',
    right: { 'name.last': 'Lead', status: 'new' },
    wrong: { status: 'converted' },
    refused: ['status: lead.converted-by-hand'],
  },
  {
    covers: Object.keys(lockedLead).map((name) => `lead.${name}: readOnlyWhen convertedAt is not empty`),
    entity: 'lead',
    right: { 'name.last': 'Converted' },
    wrong: Object.assign({}, ...Object.values(lockedLead)) as Cells,
    refused: Object.keys(lockedLead).map((name) => `${name}: read-only-now`),
    ofChange: true,
    isConverted: true,
  },
  {
    covers: ['administrator: nobody has 4242 people'],
    entity: 'account',
    right: { name: 'Account', employees: '1' },
    wrong: { employees: '4242' },
    refused: ['employees: validation-rule'],
  },
  {
    covers: ['user: the time zone is one of the IANA database'],
    entity: 'user',
    right: { name: 'User', locale: 'en', timeZone: 'Europe/Paris' },
    wrong: { timeZone: 'Mars/Olympus' },
    refused: ['timeZone: user-time-zone'],
    ofSetup: true,
  },
  {
    covers: ['base-value: a value belongs to a list, and has a class where the list has classes'],
    entity: 'base-value',
    right: { list: 'opportunity-stage', labelEn: 'Stage', class: 'open' },
    wrong: { class: 'closed' },
    refused: ['class: base-value-class'],
    ofSetup: true,
  },
  {
    covers: ['base-value: a value keeps its list and code'],
    entity: 'base-value',
    right: { list: 'source', labelEn: 'Source' },
    wrong: { code: 'another' },
    refused: ['code: base-value-fixed'],
    ofChange: true,
    ofSetup: true,
  },
  {
    covers: ['role: the code of a role stands for it alone and stays'],
    entity: 'role',
    right: { name: 'Field sales' },
    wrong: { code: 'renamed' },
    refused: ['code: role-code-kept'],
    ofSetup: true,
    ofChange: true,
  },
  {
    covers: ['number-series: a prefix tells apart the periods of its numbers'],
    entity: 'number-series',
    right: { prefix: 'X-{YYYY}-', restart: 'year' },
    wrong: { prefix: 'X-' },
    refused: ['prefix: number-series-restart'],
    ofSetup: true,
    ofChange: true,
  },
];

/** Rules that derive, follow up, or judge a whole story: where each is told, through every door it has. */
export const toldElsewhere: Readonly<Record<string, string>> = {
  'opportunity: probability follows the stage unless typed': 'test/doors/rules.test.ts',
  'opportunity: weighted amount is amount × probability': 'test/doors/rules.test.ts',
  'opportunity-contact: a named role takes the place of the link without one': 'test/doors/rules.test.ts',
  'task: a task is completed when its status says so': 'test/doors/rules.test.ts',
  'note: a note without a title is called by its beginning': 'test/doors/rules.test.ts',
};

/** Every rule there is, by name: of code, declared as an expression, of a field, and the administrator's. */
export function declaredRules(model: Model): readonly string[] {
  const ofCode = [...model.rules.values()].flat().map(({ entity, name }) => `${entity}: ${name}`);
  const said = [...model.validations].flatMap(([entity, validations]) =>
    validations.map(({ name }) => `${entity}: ${name}`),
  );
  const ofFields = [...model.entities.values()].flatMap((entity) =>
    Object.values(entity.fields).flatMap(({ name, conditions, readOnly }) =>
      // Whether a field that nobody writes is shown is a matter of the screen alone.
      (readOnly ? [] : (['shownWhen', 'requiredWhen', 'readOnlyWhen'] as const)).flatMap((when) =>
        conditions[when] === null ? [] : [`${entity.name}.${name}: ${when} ${conditions[when]}`],
      ),
    ),
  );
  return [...ofCode, ...said, ...ofFields];
}
