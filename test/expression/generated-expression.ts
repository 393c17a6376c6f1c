import fc from 'fast-check';
import { quote } from '../../src/expression/quote.ts';

/** Texts that stumble over accents, case, patterns, quotation marks, code points beyond 16 bits and white space. */
export const texts = [
  'Émile',
  'emile',
  'EMILE  Zola',
  '50%',
  '50 percent',
  'a_b',
  'axb',
  'a\\b',
  'Straße',
  'strasse',
  '😀 z',
  '\uff5e z',
  'ﬁn',
  'O’Neil "Jr"',
  "it's",
  'z',
  'Ω',
];

/** Days around the sample's today, and the ends of the calendar. */
export const days = [
  '2026-11-20',
  '2026-11-21',
  '2026-11-22',
  '2026-11-23',
  '2026-12-01',
  '2025-11-22',
  '0001-01-01',
  '9999-12-31',
];

/** Decimals near each other, and large ones. */
export const decimals = ['0', '1', '1.5', '1.50', '2', '-3', '99.999', '100', '100.0001', '1000000'];

/** Moments near midnight in Paris. */
export const moments = [
  '2026-11-21T22:59:59.999Z',
  '2026-11-21T23:00:00.000Z',
  '2026-11-22T09:00:00.000Z',
  '2026-11-22T22:59:59.999Z',
  '2026-11-22T23:00:00.000Z',
  '2025-03-30T01:30:00.000Z',
];

/** Ids of the sample's users. */
export const users = [1, 2, 3].map((n) => `01900000-0000-7000-8000-0000000000a${n}`);

/** Ids of the sample's teams. */
export const teams = [1, 2, 3].map((n) => `01900000-0000-7000-8000-0000000000b${n}`);

/** Ids of the sample's accounts. */
export const accounts = [1, 2, 3, 4, 5].map((n) => `01900000-0000-7000-8000-0000000000c${n}`);

const pick = (...values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const glued = (...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((words) => words.join(' '));

const text = fc
  .tuple(pick(...texts), fc.nat({ max: 6 }), fc.nat({ max: 8 }))
  .map(([word, from, length]) => quote(length === 0 ? word : [...word].slice(from, from + length).join('')));
const shift = pick('+ 1', '- 1', '- 7 days', '+ 2 weeks', '- 1 month', '+ 1 year', '- 900 years', '+ 366000');
const day = fc.oneof(
  pick(...days),
  pick('today', 'TODAY'),
  glued(pick('today', ...days), shift),
  glued(pick('today'), shift, pick('+ 3')).filter((t) => !t.includes('366000')),
);
const moment = fc.oneof(
  pick(...moments.map((each) => each.replace('.000Z', 'Z'))),
  pick(
    'now',
    '2026-11-22T10:00',
    '2026-11-22T10:00+01:00',
    '0001-01-01T00:00+14:00',
    '9999-12-31T23:59-12:00',
  ),
  glued(pick('now'), pick('- 2 hours', '+ 90 minutes', '- 1 day', '- 1 month')),
);
const numeral = fc.oneof(
  pick(...decimals),
  pick('1 + 1', '3 * 0.5', '1 / 3', '2 / 0', '-(2 - 5)', '100 - 0.001'),
);
const order = pick('=', '<>', '!=', '<', '<=', '>', '>=', '≥');
const equality = pick('=', '<>');
const isIn = pick('in', 'not in');

const list = (item: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof({ weight: 6, arbitrary: item }, { weight: 1, arbitrary: pick('null', 'empty') }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((items) => `(${items.join(', ')})`);
const range = (item: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(fc.option(item), item, fc.boolean())
    .map(([from, to, open]) => (from === null ? `..${to}` : open ? `${from}..` : `${from}..${to}`));
const ordered = (path: fc.Arbitrary<string>, value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    glued(path, order, value),
    glued(value, order, path),
    glued(path, isIn, list(fc.oneof(value, range(value)))),
    glued(path, isIn, range(value)),
  );

const textPath = pick(
  'name',
  'notes',
  'site',
  'contact',
  'contact.last',
  'account.name',
  'account.territory',
  'account.address.city',
  'owner.name',
  'account.parent.name',
  'account.owner.name',
  'about.entity',
);
const textOnly = textPath.filter((path) => path !== 'about.entity');
const numberPath = pick(
  'amount',
  'discount',
  'seats',
  'weight',
  'version',
  'account.employees',
  'stage.probability',
  'stage.position',
);
const datePath = pick('closeDate');
const momentPath = pick('nextCall', 'createdAt', 'account.createdAt');
const userPath = pick('owner', 'createdBy', 'account.owner');
const stageCode = pick('new', 'proposal', 'closed-won', '"lost"', 'parked');
const anyPath = fc.oneof(
  textPath,
  numberPath,
  datePath,
  momentPath,
  userPath,
  pick(
    'stage',
    'stage.class',
    'urgent',
    'interests',
    'teams',
    'account',
    'about',
    'account.kind',
    'account.active',
    'amount.currency',
    'account.address.country',
  ),
);

const comparison = fc.oneof(
  ordered(textOnly, text),
  glued(textOnly, pick('contains', 'not contains', 'starts with', 'not starts with', 'ends with'), text),
  ordered(numberPath, numeral),
  ordered(datePath, day),
  ordered(momentPath, fc.oneof(day, moment)),
  glued(userPath, equality, fc.oneof(pick('me'), pick(...users.map(quote)))),
  glued(userPath, isIn, list(fc.oneof(pick('me'), pick(...users.map(quote))))),
  glued(pick('account', 'account.parent'), equality, pick(...accounts.map(quote))),
  glued(
    pick('teams', 'account.teams'),
    pick('in', 'not in', '=', '<>', 'contains', 'not contains'),
    fc.oneof(pick('my teams'), pick(...teams.map(quote))),
  ),
  glued(pick('teams'), isIn, list(fc.oneof(pick('my teams'), pick(...teams.map(quote))))),
  glued(pick('stage'), equality, stageCode),
  glued(pick('stage'), isIn, list(stageCode)),
  glued(pick('stage.class'), equality, pick('open', 'won', 'lost')),
  glued(pick('stage.class'), isIn, list(pick('open', 'won'))),
  pick('stage.active', 'not stage.active', 'stage.active = false', 'stage.active <> false'),
  glued(pick('account.kind'), equality, pick('prospect', 'customer')),
  glued(pick('interests'), pick('=', '<>', 'contains', 'not contains'), pick('golf', 'wine', 'solar-power')),
  glued(pick('interests'), isIn, list(pick('golf', 'wine'))),
  pick(
    'urgent',
    'not urgent',
    'account.active',
    'urgent = false',
    'account.active <> true',
    'account.active in (false, null)',
    'true',
    'false',
  ),
  pick(
    'owner = createdBy',
    'owner <> account.owner',
    'name = account.name',
    'name < contact.last',
    'name <> account.name',
    'seats > account.employees',
    'createdAt <= nextCall',
    'urgent = account.active',
    'account = account.parent',
  ),
  glued(anyPath, pick('is empty', 'is not empty')),
);

/** Right comparisons of calculated values. */
const calculated = fc.letrec<Record<'number' | 'money' | 'text' | 'day' | 'moment' | 'any' | 'test', string>>(
  (tie) => {
    const call = (name: string, ...of: readonly fc.Arbitrary<string>[]) =>
      fc.tuple(...of).map((given) => `${name}(${given.join(', ')})`);
    const either = (kind: 'number' | 'money' | 'text' | 'day' | 'moment') => [
      call('if', tie('test'), tie(kind), tie(kind)),
      call('coalesce', tie(kind), tie(kind)),
      ...(kind === 'moment'
        ? []
        : [call('min', tie(kind), tie(kind)), call('MAX', tie(kind), tie(kind), tie(kind))]),
    ];
    const within = (...others: readonly fc.Arbitrary<string>[]) =>
      others.map((arbitrary) => ({ weight: 1, arbitrary }));
    const operated = (left: fc.Arbitrary<string>, signs: readonly string[], right: fc.Arbitrary<string>) =>
      fc.tuple(left, pick(...signs), right).map(([a, sign, b]) => `(${a} ${sign} ${b})`);
    const ends = { maxDepth: 3, depthIdentifier: 'calculated', withCrossShrink: true };
    return {
      number: fc.oneof(
        ends,
        {
          weight: 6,
          arbitrary: fc.oneof(
            numberPath.filter((path) => path !== 'amount'),
            pick('abs(2)', '(abs(0.5))', 'mod(7, 5)', '-(abs(1 / 3))'),
          ),
        },
        ...within(
          operated(tie('number'), ['+', '-', '*', '/'], tie('number')),
          operated(tie('money'), ['/'], tie('money')),
          operated(tie('day'), ['-'], tie('day')),
          operated(tie('moment'), ['-'], tie('moment')),
          tie('number').map((of) => `-(${of})`),
          call('abs', tie('number')),
          call('round', tie('number')),
          call('round', tie('number'), pick('0', '1', '2', '12')),
          call('floor', tie('number')),
          call('ceil', tie('number')),
          call('mod', tie('number'), tie('number')),
          call(
            'length',
            textOnly.filter((path) => path !== 'contact'),
          ),
          fc
            .tuple(pick('year', 'month', 'day', 'weekday', 'week'), fc.oneof(tie('day'), tie('moment')))
            .map(([name, of]) => `${name}(${of})`),
          ...either('number'),
        ),
      ),
      money: fc.oneof(
        ends,
        { weight: 6, arbitrary: pick('amount', 'fee') },
        ...within(
          operated(tie('money'), ['+', '-'], fc.oneof(tie('money'), tie('number'))),
          operated(tie('money'), ['*', '/'], tie('number')),
          operated(tie('number'), ['*', '+', '-'], tie('money')),
          tie('money').map((of) => `-(${of})`),
          call('round', tie('money'), pick('0', '1')),
          call('abs', tie('money')),
          call('coalesce', tie('money'), tie('number')),
          ...either('money'),
        ),
      ),
      text: fc.oneof(
        ends,
        {
          weight: 6,
          arbitrary: fc.oneof(
            textOnly.filter((path) => path !== 'contact'),
            text.map((each) => `concat(${each})`),
          ),
        },
        ...within(
          call('lower', tie('text')),
          call('upper', tie('text')),
          call('trim', tie('text')),
          call('left', tie('text'), tie('number')),
          call('right', tie('text'), tie('number')),
          call('substring', tie('text'), tie('number')),
          call('substring', tie('text'), tie('number'), pick('0', '1', '3', '-1')),
          call('concat', tie('text'), pick('" "', "' é'", '""'), tie('text')),
          ...either('text'),
        ),
      ),
      day: fc.oneof(
        ends,
        {
          weight: 6,
          arbitrary: fc.oneof(
            datePath,
            day.map((each) => `date(${each})`),
          ),
        },
        ...within(
          glued(tie('day'), shift).map((of) => `(${of})`),
          operated(pick('closeDate'), ['+', '-'], tie('number')),
          call('date', tie('moment')),
          ...either('day'),
        ),
      ),
      moment: fc.oneof(
        ends,
        {
          weight: 6,
          arbitrary: fc.oneof(momentPath, pick('coalesce(now, null)', 'max(2026-11-22T10:00, now)')),
        },
        ...within(
          glued(tie('moment'), pick('- 2 hours', '+ 90 minutes', '- 1 day', '+ 1 month')).map(
            (of) => `(${of})`,
          ),
          ...either('moment'),
        ),
      ),
      any: fc.oneof(tie('number'), tie('money'), tie('text'), tie('day'), tie('moment')),
      test: fc.oneof(
        ends,
        { weight: 1, arbitrary: comparison },
        {
          weight: 1,
          arbitrary: pick('urgent', 'coalesce(urgent, false)', 'if(urgent, account.active, true)'),
        },
        { weight: 1, arbitrary: glued(tie('number'), order, tie('number')) },
        { weight: 2, arbitrary: glued(tie('money'), order, fc.oneof(tie('number'), tie('money'))) },
        { weight: 2, arbitrary: glued(tie('text'), order, tie('text')) },
        {
          weight: 2,
          arbitrary: fc.tuple(tie('text'), order, text).map(([a, sign, b]) => `exact(${a}) ${sign} ${b}`),
        },
        {
          weight: 2,
          arbitrary: glued(
            tie('text'),
            pick('contains', 'not contains', 'starts with', 'ends with'),
            fc.oneof(
              tie('text'),
              tie('text').map((of) => `exact(${of})`),
            ),
          ),
        },
        { weight: 2, arbitrary: glued(tie('day'), order, fc.oneof(tie('day'), tie('moment'))) },
        { weight: 1, arbitrary: glued(tie('moment'), order, tie('moment')) },
        { weight: 1, arbitrary: glued(tie('number'), isIn, list(fc.oneof(numeral, range(numeral)))) },
        { weight: 1, arbitrary: glued(tie('any'), pick('is empty', 'is not empty')) },
      ),
    };
  },
).test;

/** Right expressions over the sample's opportunities, up to a few levels deep. */
export function expressionText(): fc.Arbitrary<string> {
  const { condition } = fc.letrec<{ condition: string }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 3, arbitrary: comparison },
      { weight: 3, arbitrary: calculated },
      { weight: 1, arbitrary: tie('condition').map((of) => `not (${of})`) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(tie('condition'), pick('and', 'or', 'AND'), tie('condition'))
          .map(([a, sign, b]) => `(${a}) ${sign} (${b})`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(comparison, pick('and', 'or'), pick('', 'not '), comparison)
          .map((words) => `${words[0]} ${words[1]} ${words[2]}${words[3]}`),
      },
    ),
  }));
  return condition;
}
