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

/** One of some texts. */
export const pick = (...values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
/** Words with a space between each. */
export const glued = (...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((words) => words.join(' '));

/** A text in quotation marks. */
export const text = fc
  .tuple(pick(...texts), fc.nat({ max: 6 }), fc.nat({ max: 8 }))
  .map(([word, from, length]) => quote(length === 0 ? word : [...word].slice(from, from + length).join('')));
/** A move of a date. */
export const shift = pick(
  '+ 1',
  '- 1',
  '- 7 days',
  '+ 2 weeks',
  '- 1 month',
  '+ 1 year',
  '- 900 years',
  '+ 366000',
);
/** A date, written out or moved. */
export const day = fc.oneof(
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
/** A number, written out or calculated. */
export const numeral = fc.oneof(
  pick(...decimals),
  pick('1 + 1', '3 * 0.5', '1 / 3', '2 / 0', '-(2 - 5)', '100 - 0.001'),
);
/** A sign of comparison. */
export const order = pick('=', '<>', '!=', '<', '<=', '>', '>=', '≥');
const equality = pick('=', '<>');
/** `in` or `not in`. */
export const isIn = pick('in', 'not in');

/** Several values in parentheses. */
export const list = (item: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof({ weight: 6, arbitrary: item }, { weight: 1, arbitrary: pick('null', 'empty') }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((items) => `(${items.join(', ')})`);
/** A range, open on one side at times. */
export const range = (item: fc.Arbitrary<string>): fc.Arbitrary<string> =>
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
/** Names of texts. */
export const textOnly = textPath.filter((path) => path !== 'about.entity');
/** Names of numbers. */
export const numberPath = pick(
  'amount',
  'discount',
  'seats',
  'weight',
  'version',
  'account.employees',
  'stage.probability',
  'stage.position',
);
/** Names of dates. */
export const datePath = pick('closeDate');
/** Names of moments. */
export const momentPath = pick('nextCall', 'createdAt', 'account.createdAt');
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

/** A right comparison of a field. */
export const comparison = fc.oneof(
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
