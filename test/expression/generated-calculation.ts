import fc from 'fast-check';
import {
  comparison,
  datePath,
  day,
  glued,
  isIn,
  list,
  momentPath,
  numberPath,
  numeral,
  order,
  pick,
  range,
  shift,
  text,
  textOnly,
} from './generated-comparison.ts';

const visitTest = pick(
  'minutes > 1',
  'not minutes > 1',
  'topic contains "e"',
  'cost.currency = EUR',
  'host = me',
  'host.name is empty',
  'day > today',
  'opportunity.amount > 1',
  'regarding.entity = account',
  'year(day) = 2026',
);
const visitValue = pick('minutes', 'cost', 'cost / 3', 'abs(minutes) + 1', 'minutes * cost');

/** Right comparisons of calculated values. */
export const calculated = fc.letrec<
  Record<'number' | 'money' | 'text' | 'day' | 'moment' | 'any' | 'related' | 'test', string>
>((tie) => {
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
    related: fc
      .oneof(
        fc
          .tuple(
            pick('any', 'none', 'all', 'count'),
            pick('visits.opportunity', 'visits.regarding', 'account.visits', 'account.visits.regarding'),
            visitTest,
          )
          .map(([name, relation, where]) => `${name}(${relation}, ${where})`),
        fc
          .tuple(pick('any', 'none', 'all', 'count'), pick('hosts', 'owner.visits', 'teams'), visitTest)
          .map(([name, relation]) =>
            name === 'all' ? `all(${relation}, id is not empty)` : `${name}(${relation})`,
          ),
        fc
          .tuple(pick('any', 'none', 'all'), pick('account.opportunities', 'opportunities'), comparison)
          .map(
            ([name, relation, where]) =>
              `${name}(${relation.includes('.') ? relation : `account.${relation}`}, ${where})`,
          ),
        pick(
          'any(account.opportunities, any(visits.opportunity, minutes > 1))',
          'any(hosts, name contains "e")',
          'none(account.accounts, any(opportunities, none(visits.regarding)))',
        ),
        fc
          .tuple(
            pick('sum', 'min', 'max', 'avg'),
            pick('visits.opportunity', 'account.visits'),
            visitValue,
            order,
            numeral,
          )
          .map(([name, relation, value, sign, number]) => `${name}(${relation}, ${value}) ${sign} ${number}`),
        fc
          .tuple(
            pick('sum', 'max', 'avg'),
            pick('minutes', 'cost'),
            visitTest,
            order,
            pick('amount', 'fee', 'seats'),
          )
          .map(
            ([name, value, where, sign, path]) =>
              `${name}(visits.opportunity, ${value}, ${where}) ${sign} ${path}`,
          ),
        glued(pick('min(visits.opportunity, topic)', 'max(visits.opportunity, lower(topic))'), order, text),
        glued(pick('min(visits.opportunity, day)', 'max(account.visits, day)'), order, day),
      )
      .map((written) => (written.startsWith('count(') ? `${written} > 1` : written)),
    test: fc.oneof(
      ends,
      {
        weight: 2,
        arbitrary: fc
          .tuple(
            pick('', 'exact'),
            textOnly.filter((path) => path !== 'contact'),
            pick('', '^'),
            fc.array(
              pick(
                'e',
                'É',
                '.',
                '.*',
                'a*',
                '%',
                '\\\\',
                '(a-m)',
                '(^a-z)*',
                '(x_)',
                ' ',
                '[',
                '😀',
                '(à-é)',
              ),
              { maxLength: 4 },
            ),
            pick('', '$'),
          )
          .map(
            ([exact, path, start, places, end]) =>
              `matches(${exact}(${path}), "${start}${places.join('')}${end}")`,
          ),
      },
      { weight: 3, arbitrary: tie('related') },
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
}).test;
