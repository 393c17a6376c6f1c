import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describe as describeAll } from '../../src/engine/describe/describe.ts';
import { askEnv } from '../../src/engine/query/where.ts';
import { readEnv } from '../../src/engine/record/codec.ts';
import { createRecords } from '../../src/engine/record/verbs.ts';
import { boat, harbour, voyage } from '../../src/engine/rules/harbour.fixture.ts';
import { judgeInput } from '../../src/engine/rules/judge-input.ts';
import { formConditions, judgeForm } from '../../src/expression/form-conditions.ts';
import { newId } from '../../src/lib/ids.ts';
import type { EntityDescription, Judgement } from '../../src/model/description.ts';
import type { RecordOut } from '../../src/model/record.ts';
import { type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { ctxOf } from './write-doors.ts';

let doors: TestDoors;
let sal: Caller;
let pat: Caller;
beforeAll(async () => {
  doors = await testDoors({ more: [harbour, boat, voyage] });
  sal = await doors.user('Sal');
  pat = await doors.user('Pat', []);
});
afterAll(() => doors.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const made = async (plural: string, values: object, who: Caller = sal): Promise<string> =>
  (await who.program('POST', `/${plural}`, { name: 'Made', ...values })).body.id;
/** Who isn't signed in. */
const nobody = {
  program: (method, path, body) => doors.call(method, `/api/v1${path}`, body),
} as Caller;

const judged = async (body: object, who: Caller = sal): Promise<Judgement> => {
  const answer = await who.program('POST', '/boats/judge', body);
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.body as unknown as Judgement;
};

describe('judging a record as it is typed', () => {
  test.each<[string, () => Promise<object> | object, Caller | (() => Caller), number, unknown]>([
    ['nobody’s', () => ({ values: {} }), () => nobody, 401, 'unauthenticated'],
    ['who may make none', () => ({ values: {} }), () => pat, 403, 'create-forbidden'],
    ['of a record that isn’t there', () => ({ id: newId(), values: {} }), () => sal, 404, 'record-not-found'],
    ['without values', () => ({}), () => sal, 422, 'values'],
    ['with values that are no object', () => ({ values: [1] }), () => sal, 422, 'values'],
    ['with something else', () => ({ values: {}, vlaues: {} }), () => sal, 422, 'vlaues'],
  ])('is refused: %s', async (_what, body, who, status, told) => {
    const caller = typeof who === 'function' ? who() : who;
    const answer = await caller.program('POST', '/boats/judge', await body());
    expect(answer.status).toBe(status);
    if (status === 422) expect(answer.body.mistakes.map(({ field }) => field)).toContain(told);
  });

  test('tells what is shown, needed and locked, and writes nothing', async () => {
    const count = async () => (await sal.program('GET', '/boats')).body.total;
    const before = await count();
    const { fields, wrong } = await judged({ values: { kind: 'sail', sold: true, price: eur('5') } });
    expect(fields).toMatchObject({
      masts: { shown: true, required: true, readOnly: false },
      engine: { shown: false, required: false },
      buyer: { shown: true, required: false },
      price: { shown: true, readOnly: false },
    });
    expect(wrong.map(({ name, field }) => [name, field])).toEqual([
      ['never-sailed', 'sold'],
      ['cheap', 'price'],
    ]);
    expect(await count()).toBe(before);
  });

  test('looks at other records with everybody’s sight, but not at those its asker may not name', async () => {
    const own = await made('harbours', { depth: 2 });
    const others = await made('harbours', { depth: 2 }, doors.admin);
    const pilot = async (harbour: string) => (await judged({ values: { harbour } })).fields.pilot;
    expect(await pilot(own)).toMatchObject({ required: true });
    expect(await pilot(others)).toMatchObject({ required: false });
  });

  test('holds by what its asker doesn’t see, and tells nothing of it but that', async () => {
    const harbour = await made('harbours', {});
    const { version } = (await doors.admin.program('GET', `/harbours/${harbour}`)).body;
    await doors.admin.program('PATCH', `/harbours/${harbour}`, { version, canaryFee: 777_777 });
    const answer = await judged({ values: { harbour } });
    expect(answer.wrong.map(({ name }) => name)).toEqual(['too-dear']);
    const refused = await sal.program('POST', '/boats', { name: 'Refused', harbour });
    expect(refused.body.mistakes.map(({ code }) => code)).toEqual(['too-dear']);
    expect(JSON.stringify(answer) + refused.text).not.toMatch(/canary|777/);
  });

  test('of a stored record starts from what it was', async () => {
    const id = await made('boats', { price: eur('90') });
    await made('voyages', { boat: id });
    const { version } = (await sal.program('GET', `/boats/${id}`)).body;
    expect((await judged({ id, values: { price: eur('91') } })).fields.why).toMatchObject({ required: true });
    await sal.program('PATCH', `/boats/${id}`, { version, sold: true });
    expect((await judged({ id, values: {} })).fields.price).toMatchObject({ readOnly: true });
    expect((await judged({ id, values: { sold: false } })).fields.price).toMatchObject({ readOnly: true });
  });
});

describe('a form', () => {
  const ctx = () => ctxOf(doors, sal, 'browser');
  const described = (): { description: ReturnType<typeof describeAll>; entity: EntityDescription } => {
    const description = describeAll(ctx());
    const entity = description.entities.find(({ name }) => name === 'boat');
    if (!entity) throw new Error('boats aren’t described');
    return { description, entity };
  };
  const inForm = (
    before: RecordOut | null,
    now: object,
    o: { last?: Judgement; answer?: Judgement } = {},
  ) => {
    const { description, entity } = described();
    const form = { before, now: { ...before, ...now } };
    return judgeForm(formConditions(description, entity), entity, form, {
      ask: askEnv(ctx()),
      read: readEnv(ctx()),
      ...o,
    });
  };

  test('is told the texts of its conditions, but for those that name what its reader doesn’t see', () => {
    const { entity } = described();
    const field = (name: string) => entity.fields.find((each) => each.name === name);
    expect(field('masts')).toMatchObject({ shownWhen: { text: 'kind = sail', isRelated: false } });
    expect(field('pilot')).toMatchObject({ requiredWhen: { text: 'harbour.depth < 3', isRelated: true } });
    expect(entity.validations.map(({ name }) => name)).toContain('cheap');
    const dear = entity.validations.find(({ name }) => name === 'too-dear');
    expect(dear?.wrongWhen).toEqual({ text: null, isRelated: true });
    expect(JSON.stringify(described().description)).not.toContain('canary');
    const ofAdmin = describeAll({ ...ctx(), who: { ...ctx().who, roles: ['administrator'] } });
    expect(JSON.stringify(ofAdmin)).toContain('harbour.canaryFee > 100');
    expect(field('name')).toMatchObject({ shownWhen: null, requiredWhen: null, readOnlyWhen: null });
  });

  test('stays as it was while a number is half typed, and takes the server’s word for other records', () => {
    const last = inForm(null, { sold: true, price: eur('500') });
    expect(last.fields.buyer).toMatchObject({ required: true });
    expect(
      inForm(null, { sold: true, price: { amount: '5x', currency: 'EUR' } }, { last }).fields.buyer,
    ).toEqual(last.fields.buyer);
    expect(last.fields.pilot).toMatchObject({ required: false });
    const answer = { fields: { pilot: { shown: true, required: true, readOnly: false } }, wrong: [] };
    expect(inForm(null, {}, { answer }).fields.pilot).toMatchObject({ required: true });
  });

  test('is judged in memory exactly as the server judges it', async () => {
    const values = fc.record(
      {
        kind: fc.constantFrom('sail', 'motor', null),
        masts: fc.constantFrom(null, 1, 2),
        sold: fc.boolean(),
        buyer: fc.constantFrom(null, 'Bo'),
        price: fc.constantFrom(null, eur('5'), eur('99.99'), eur('100.01')),
        why: fc.constantFrom(null, 'because'),
        length: fc.constantFrom(null, 5, 50),
      },
      { requiredKeys: [] },
    );
    const { description, entity } = described();
    const { fields, validations } = formConditions(description, entity);
    const own = new Set(
      [...fields, ...validations].flatMap((each) =>
        'wrong' in each
          ? each.wrong === 'asked'
            ? []
            : [each.name]
          : [each.shown, each.required, each.readOnly].includes('asked')
            ? []
            : [each.name],
      ),
    );
    expect(own.size).toBeGreaterThan(5);
    const judgeable = ({ fields, wrong }: Judgement): unknown => [
      Object.entries(fields)
        .filter(([name]) => own.has(name))
        .sort(([one], [other]) => one.localeCompare(other)),
      wrong.filter(({ name }) => own.has(name)),
    ];
    await fc.assert(
      fc.asyncProperty(fc.option(values), values, async (stored, typed) => {
        const before = stored
          ? ((await createRecords(systemCtx(), boat, [{ name: 'Stored', ...fitting(stored) }]))[0] ?? null)
          : null;
        const id = before?.id ?? null;
        const server = await judgeInput({ ...ctx(), who: systemCtx().who }, boat, { id, values: typed });
        expect(judgeable(inForm(before, typed))).toEqual(judgeable(server));
      }),
      { numRuns: 150 },
    );
  });

  const systemCtx = () => ({ ...ctx(), who: { ...ctx().who, roles: ['administrator'] } });
  /** What may be stored: sold boats must have sailed, and the like. */
  const fitting = (values: Record<string, unknown>): Record<string, unknown> => ({
    ...values,
    sold: false,
    buyer: null,
    ...(values.kind === 'sail' ? { masts: values.masts ?? 1 } : {}),
  });
});
