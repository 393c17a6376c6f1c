import { describe, expect, test } from 'vitest';
import { account, codes, model, opportunity } from '../../test/expression/sample-model.ts';
import { locales } from '../lib/locale.ts';
import { Problem, problemDocument } from '../lib/problem.ts';
import { compileExpression } from './compile.ts';
import type { ExpressionError } from './mistakes.ts';
import type { Scope } from './scope.ts';

const scope: Scope = { entity: opportunity, model, codes };

interface Told extends ExpressionError {
  readonly code: string;
  readonly message: string;
  readonly field: string;
}

function refusal(text: string, within: Scope = scope, locale: 'en' | 'fr' | 'es' = 'en'): readonly Told[] {
  try {
    compileExpression(text, within);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.code).toBe('bad-expression');
    const document = problemDocument(error, locale) as { mistakes: Told[]; errors: ExpressionError[] };
    return document.mistakes.map((mistake, index) => ({ ...mistake, ...document.errors[index]! }));
  }
  return [];
}

describe('an expression is refused', () => {
  test.each([
    ['', 1, 1, 'expression-empty', []],
    ['amount > ', 1, 10, 'expression-missing', []],
    ['amount == 3', 1, 8, 'expression-unexpected', ['=']],
    ['(amount = 1', 1, 1, 'expression-open-parenthesis', []],
    ['amount = 1)', 1, 11, 'expression-stray-parenthesis', []],
    ['name = "x', 1, 8, 'expression-open-quote', []],
    ['name = “x”', 1, 8, 'expression-curly-quote', ['"']],
    ['name contians "x"', 1, 6, 'expression-unexpected', ['contains']],
    ['name like "x"', 1, 6, 'expression-unexpected', ['contains', 'starts with']],
    ['amount = 1 && urgent', 1, 12, 'expression-unexpected', ['and']],
    ['amount = 1\n  and amont > 5', 2, 7, 'expression-unknown-field', ['amount']],
    ['account.teritory = "x"', 1, 9, 'expression-unknown-field', ['territory']],
    ['Montant > 5', 1, 1, 'expression-unknown-field', ['amount']],
    ['stage.klass = won', 1, 7, 'expression-unknown-part', ['class']],
    ['account.address = "x"', 1, 9, 'expression-only-parts', expect.arrayContaining(['address.city'])],
    ['teams.name = "x"', 1, 7, 'expression-several', []],
    ['about.name = "x"', 1, 7, 'expression-unknown-part', expect.anything()],
    ['account.parent.parent.parent.parent.name = "a"', 1, 37, 'expression-too-far', []],
    ['len(name) > 3', 1, 1, 'expression-unknown-function', ['length']],
    ['stage = proposl', 1, 9, 'expression-unknown-code', ['proposal']],
    ['account.kind = Client', 1, 16, 'expression-unknown-code', ['customer']],
    ['stage.class = open or stage.class = wn', 1, 37, 'expression-unknown-code', ['won']],
    ['name', 1, 1, 'expression-not-condition', ['name is not empty']],
    ['today > 2026-01-01', 1, 1, 'expression-no-field', []],
    ['owner < me', 1, 7, 'expression-wrong-operator', []],
    ['stage in new..lost', 1, 10, 'expression-wrong-operator', []],
    ['amount contains 5', 1, 8, 'expression-wrong-operator', []],
    ['name = north', 1, 8, 'expression-wrong-type', ['"north"']],
    ['name = 75001', 1, 8, 'expression-wrong-type', ['"75001"']],
    ['amount = "5"', 1, 10, 'expression-wrong-type', ['5']],
    ['closeDate > 5', 1, 13, 'expression-wrong-type', []],
    ['closeDate > now', 1, 13, 'expression-wrong-type', ['today']],
    ['urgent = 1', 1, 10, 'expression-wrong-type', ['true', 'false']],
    ['account = "Acme"', 1, 1, 'expression-wrong-record', ['account.name = "Acme"']],
    ['account = me', 1, 11, 'expression-only-users', []],
    ['owner in my teams', 1, 10, 'expression-only-teams', []],
    ['closeDate = 2026-02-30', 1, 13, 'expression-bad-date', []],
    ['closeDate = 0000-01-01', 1, 13, 'expression-bad-date', []],
    ['nextCall > 2026-01-01T25:00', 1, 12, 'expression-bad-date', []],
    ['closeDate = today + 3 hours', 1, 21, 'expression-bad-duration', []],
    ['closeDate = today + 3 moons', 1, 21, 'expression-bad-duration', []],
    ['closeDate = today + 1.5', 1, 21, 'expression-bad-duration', []],
    ['closeDate > today + 999999', 1, 13, 'expression-bad-duration', []],
    ['name + 5 > 3', 1, 1, 'expression-bad-calculation', []],
    ['amount * fee > 3', 1, 1, 'expression-bad-units', []],
    ['seats = 5 / amount', 1, 9, 'expression-bad-units', []],
    ['closeDate + 1.5 > today', 1, 13, 'expression-bad-duration', []],
    ['closeDate * 2 > today', 1, 1, 'expression-bad-calculation', []],
    ['closeDate - createdAt > 3', 1, 1, 'expression-mixed-days', []],
    ['closeDate + 3 hours > today', 1, 13, 'expression-bad-duration', []],
    ['seats + 3 days > 1', 1, 9, 'expression-not-value', []],
    ['stage + 1 > 2', 1, 1, 'expression-not-calculable', []],
    ['year(name) = 2026', 1, 6, 'expression-bad-arguments', []],
    ['round(amount, seats) = 1', 1, 15, 'expression-bad-arguments', []],
    ['round(amount, 13) = 1', 1, 15, 'expression-bad-arguments', []],
    ['left(name) = "a"', 1, 1, 'expression-bad-arguments', []],
    ['if(urgent, name) = "a"', 1, 1, 'expression-bad-arguments', []],
    ['if(urgent, name, seats) = "a"', 1, 1, 'expression-one-kind', []],
    ['coalesce(name, closeDate) is empty', 1, 1, 'expression-one-kind', []],
    ['length(name) = "a"', 1, 1, 'expression-different-kinds', []],
    ['length(name) contains "a"', 1, 1, 'expression-different-kinds', []],
    ['lower(name) = north', 1, 15, 'expression-not-value', ['"north"']],
    ['upper(nam) = "A"', 1, 7, 'expression-not-value', ['"nam"']],
    ['length(name)', 1, 1, 'expression-not-condition', []],
    ['exact(seats) = 3', 1, 7, 'expression-bad-arguments', []],
    ['exact(contact) = "Émile"', 1, 1, 'expression-no-exact', []],
    ['length(phone) > 3', 1, 1, 'expression-no-exact', []],
    ['any(visits, minuts > 1)', 1, 13, 'expression-unknown-field', ['minutes']],
    [
      'any(visit, minutes > 1)',
      1,
      5,
      'expression-unknown-relation',
      ['visits', 'visits.opportunity', 'visits.regarding'],
    ],
    [
      'any(account.visit, minutes > 1)',
      1,
      13,
      'expression-unknown-relation',
      expect.arrayContaining(['visits']),
    ],
    ['any(visits, minutes > 1, topic = "a")', 1, 1, 'expression-bad-arguments', []],
    ['all(visits)', 1, 1, 'expression-bad-arguments', []],
    ['count(visits)', 1, 1, 'expression-not-condition', []],
    ['sum(visits) > 1', 1, 1, 'expression-bad-arguments', []],
    ['sum(visits, topic) > 1', 1, 13, 'expression-bad-arguments', []],
    [
      'any(visits, any(opportunity.visits, any(opportunity.visits, any(opportunity.visits)))) ',
      1,
      65,
      'expression-too-many-relations',
      [],
    ],
    ['changed(stage)', 1, 1, 'expression-no-change', []],
    ['old(stage) = new', 1, 1, 'expression-no-change', []],
    ['seats + amont > 3', 1, 9, 'expression-unknown-field', ['amount']],
    ['if(amont > 1, 2, 3) = 2', 1, 4, 'expression-unknown-field', ['amount']],
    [`amount > ${'9'.repeat(31)}`, 1, 10, 'expression-number-too-large', []],
    [`amount > ${'9'.repeat(30)} * 10`, 1, 10, 'expression-number-too-large', []],
    ['(1..2)', 1, 1, 'expression-not-list', []],
    ['amount..5', 1, 7, 'expression-not-range', []],
    ['name = closeDate', 1, 8, 'expression-pair-kinds', []],
    ['name = "a\0b"', 1, 10, 'expression-character', []],
    ['name = "a\ud800b"', 1, 10, 'expression-character', []],
    ['name = "😀" and amont > 5', 1, 16, 'expression-unknown-field', ['amount']],
  ])('%j at line %i, column %i: %s', (text, line, column, code, suggestions) => {
    const [first] = refusal(text);
    expect(first).toMatchObject({ field: 'where', line, column, code });
    expect(first?.suggestions).toEqual(suggestions);
  });

  test('with all its mistakes at once', () => {
    const found = refusal('amont > 5 and stage = nw and closeDate > "x"');
    expect(found.map(({ column }) => column)).toEqual([1, 23, 42]);
  });

  test('with suggestions that can stand in place of the mistake', () => {
    for (const text of [
      'amont > 5',
      'stage = nw',
      'name = north',
      'amount = "5"',
      'account = "Acme"',
      'closeDate > now',
      'name',
    ]) {
      const [mistake] = refusal(text);
      const mended = text.slice(0, mistake!.from) + mistake!.suggestions[0] + text.slice(mistake!.to);
      expect(refusal(mended), mended).toEqual([]);
    }
  });

  test('in the reader’s language', () => {
    const told = locales.map((locale) => refusal('amont > 5', scope, locale)[0]?.message);
    expect(told).toEqual([
      'opportunity has no field “amont”. Did you mean: amount?',
      'opportunity n’a pas de champ «\u00a0amont\u00a0». Vouliez-vous dire\u00a0: amount\u00a0?',
      'opportunity no tiene el campo «amont». ¿Quería decir: amount?',
    ]);
  });

  test.each([
    ['more than 10,000 characters', `name = "${'x'.repeat(10_000)}"`, 'expression-too-long'],
    ['more than 64 levels', `${'('.repeat(70)}urgent${')'.repeat(70)}`, 'expression-too-deep'],
    ['more than 64 calculations', Array(33).fill('abs(-seats) = 1').join(' or '), 'expression-too-much'],
    ['more than 200 comparisons', Array(201).fill('seats = 1').join(' or '), 'expression-too-many'],
    ['more than 200 checkboxes', Array(201).fill('urgent').join(' or '), 'expression-too-many'],
    [
      'more than 1,000 values in a list',
      `seats in (${Array(1001).fill('1').join(',')})`,
      'expression-list-too-long',
    ],
  ])('when it has %s', (_, text, code) => {
    expect(refusal(text).map((mistake) => mistake.code)).toEqual([code]);
  });

  test('by the same words for a field that is hidden as for one that doesn’t exist', () => {
    const hiding: Scope = { ...scope, hidden: (_, field) => field.name === 'discount' };
    const bare = (told: readonly Told[], name: string) => JSON.stringify(told).replaceAll(name, '…');
    expect(bare(refusal('discount > 5', hiding), 'discount')).toBe(
      bare(refusal('dyscount > 5', hiding), 'dyscount'),
    );
    expect(refusal('discont > 5', hiding)[0]?.suggestions).toEqual([]);
    expect(refusal('discount > 5')).toEqual([]);
  });

  test('without a word of what is hidden behind a reference', () => {
    const hiding: Scope = { ...scope, hidden: (of, field) => of.name === 'account' && field.name === 'name' };
    expect(refusal('account.name = "x"', hiding)[0]).toMatchObject({
      code: 'expression-unknown-field',
      column: 9,
    });
    expect(refusal('account = "Acme"', hiding)[0]?.suggestions).toEqual([]);
    expect(refusal('account.nam = "x"', hiding)[0]?.suggestions).toEqual([]);
  });
});

describe('an expression is taken', () => {
  test.each([
    'amount > 1000 and (stage = proposal or stage in (new, "closed-won"))',
    'stage = closed-won',
    'NOT urgent',
    'closeDate in today..today + 3 months',
    'nextCall >= now - 2 hours and nextCall < today + 1 week',
    'nextCall = 2026-11-22T09:00 or nextCall = 2026-11-22T09:00:00Z',
    'owner = me or teams in my teams or createdBy = me',
    'account.parent.name starts with "a" and account.address.city is not empty',
    'stage.class = won and stage.probability >= 50.5 and stage.active and stage.position < 3',
    'interests contains golf or interests in (wine, solar-power)',
    'about.entity = account',
    'contact.last = "Martin"',
    'owner = createdBy and name <> notes',
    'amount in (..5, 10..20, 100..) and seats not in (1, 2, null)',
    '5 < amount',
    'amount > 12 * 1000 / 7 - -3',
    "name = 'it''s \"quoted\"'",
    'closeDate = "2026-11-22"',
    'stage = empty or closeDate <> null',
    'amount - fee * 2 > 1000 and amount / fee < 3',
    'closeDate - today > 30 and createdAt + 2 hours < now',
    'year(createdAt) = 2026 and weekday(closeDate) in 1..5',
    'if(urgent, amount, fee) >= coalesce(fee, 0)',
    'exact(name) = "Émile" and exact(name) not in ("a", "b")',
    'length(trim(name)) > 3 and left(name, 1) = substring(account.name, 1, 1)',
    'name contains account.name and stage.probability > discount',
    'any(visits, minutes > 1 and host = me) and none(hosts) and all(account.visits, topic is empty)',
    'count(visits) = 3 and count(visits.regarding, topic = "a") > 1 and any(teams, name = "Sales")',
    'sum(visits, cost * 2, minutes > 1) > amount and max(visits, day) < today',
    'coalesce(urgent, false) or not if(urgent, account.active, false)',
    'seats in (account.employees + 1, 5..length(name))',
  ])('%s', (text) => {
    expect(refusal(text)).toEqual([]);
  });

  test('with codes nobody can check when its scope doesn’t know the list', () => {
    expect(refusal('stage = whatever', { entity: opportunity, model })).toEqual([]);
  });

  test.each([
    'changed(stage) and old(stage.class) = open and stage.class = won',
    'old(amount) < amount and not changed(teams) and changed(amount.currency)',
    'stage <> old(stage) or old(urgent) or old(closeDate) + 7 > closeDate',
  ])('about a change: %s', (text) => {
    expect(refusal(text, { ...scope, change: true })).toEqual([]);
    expect(refusal('changed(account.name)', { ...scope, change: true })[0]?.code).toBe('expression-not-own');
    expect(refusal('any(visits, changed(topic))', { ...scope, change: true })[0]?.code).toBe(
      'expression-no-change',
    );
  });

  test('over another entity', () => {
    expect(
      refusal('kind = customer and parent.owner.email ends with ".fr"', { entity: account, model }),
    ).toEqual([]);
  });

  test('and names each path once, with the references it follows', () => {
    const { paths } = compileExpression(
      'account.name = "a" or account.name = "b" or account.parent.kind = customer',
      scope,
    );
    expect(paths.map(({ text, steps }) => [text, steps.map(({ field }) => field.name)])).toEqual([
      ['account.name', ['account']],
      ['account.parent.kind', ['account', 'parent']],
    ]);
  });
});
