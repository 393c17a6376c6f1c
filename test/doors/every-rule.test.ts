import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ctx, Workspace } from '../../src/engine/ctx.ts';
import { undoBatch } from '../../src/engine/events/undo-batch.ts';
import {
  createRecords,
  removeRecords,
  restoreRecords,
  updateRecords,
} from '../../src/engine/record/verbs.ts';
import { newId } from '../../src/lib/ids.ts';
import { entityOf, type Model } from '../../src/model/declarations.ts';
import { doors as allDoors } from '../../src/model/event.ts';
import { unconditional } from '../../src/model/field.ts';
import { type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { productModel } from '../harness/workspace.ts';
import { declaredRules, type RuleExample, ruleExamples, storedRule, toldElsewhere } from './rule-examples.ts';
import {
  type Cells,
  ctxOf,
  doorOf,
  errandRule,
  jsonOf,
  type Outcome,
  refusalOf,
  type WriteDoor,
  writeDoors,
} from './write-doors.ts';

let doors: TestDoors;
let sal: Caller;
beforeAll(async () => {
  doors = await testDoors({ rules: [errandRule] });
  sal = await doors.user('Sal');
  expect((await doors.admin.program('POST', '/validation-rules', storedRule)).status).toBe(201);
});
afterAll(() => doors.close());

/** The declarations an administrator makes while everything runs have doors and proofs of their own. */
const ofDeclarations = (rule: string): boolean => /^custom-(entity|field|relation): /.test(rule);

describe('every rule', () => {
  test('has an example that is tried at every door, or is told elsewhere', () => {
    const known = new Set([...ruleExamples.flatMap(({ covers }) => covers), ...Object.keys(toldElsewhere)]);
    const rules = [...declaredRules(productModel()), `administrator: ${storedRule.name}`];
    const missing = rules.filter((rule) => !known.has(rule) && !ofDeclarations(rule));
    const gone = [...known].filter((rule) => !rules.includes(rule));
    expect({ missing, gone }).toEqual({ missing: [], gone: [] });
  });

  test.each(Object.entries(toldElsewhere))('%s is told where it is said to be: %s', (rule, path) => {
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain(rule.split(': ')[1]);
  });

  test('is tried at every door that writes', () => {
    // An undo and a return from the bin are tried below; the system's own door is the set-up of a new workspace.
    const tried = new Set<string>([...Object.values(doorOf), 'undo', 'system']);
    expect(allDoors.filter((door) => !tried.has(door))).toEqual([]);
    expect(Object.keys(writeDoors)).toEqual(Object.keys(doorOf));
  });
});

let count = 0;
/** Values of an example that nobody else has. */
function fresh({ entity, right }: RuleExample): Cells {
  count += 1;
  if (entity === 'user') return { ...right, email: `user${count}@example.org` };
  if (entity === 'role') return { ...right, code: `role-${count}` };
  if (entity === 'base-value') return { ...right, code: `code-${count}` };
  return right;
}

/** The set-up is written by the administrator, at the doors that it has. */
const closedToSetup = new Set(['an import', 'the command line', 'a rule that follows a write']);
const cases = ruleExamples
  .filter(({ entity }) => entity !== 'number-series')
  .flatMap((example) =>
    Object.keys(writeDoors)
      .filter((way) => !(example.ofSetup && closedToSetup.has(way)))
      .map((way) => ({ way, example, rule: example.covers[0] ?? '' })),
  );

const asWho = (example: RuleExample): Caller => (example.ofSetup ? doors.admin : sal);
const stored = async (example: RuleExample, id: string): Promise<string> =>
  (await doors.admin.program('GET', `/${entityOf(doors.workspace.model, example.entity).plural}/${id}`)).text;

async function made(door: WriteDoor, example: RuleExample, cells: Cells): Promise<Outcome & { key: string }> {
  const key = `example${newId()}`;
  return { ...(await door.create(example.entity, key, cells)), key };
}

/** Cells with the ids of records made for them. */
async function naming(cells: Cells): Promise<Cells> {
  const named = Object.entries(cells).map(async ([name, cell]): Promise<readonly [string, string]> => {
    if (!cell.startsWith('@')) return [name, cell];
    const values = { name: cell === '@contacts' ? { last: 'Named' } : 'Named' };
    return [name, (await sal.program('POST', `/${cell.slice(1)}`, values)).body.id];
  });
  return Object.fromEntries(await Promise.all(named));
}

async function convert(lead: string): Promise<void> {
  const answer = await sal.program('POST', `/leads/${lead}/convert`, { account: { name: `Of ${lead}` } });
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
}

test.each(cases)('$rule, through $way', async ({ way, example }) => {
  const door = writeDoors[way]?.(doors, asWho(example)) as WriteDoor;
  const first = fresh(example);
  if (!example.ofChange) {
    const refused = await made(door, example, { ...first, ...example.wrong });
    expect(refused).toMatchObject({ refused: example.refused });
  }
  const right = await made(door, example, first);
  if (!('id' in right)) throw new Error(right.refused.join(', '));
  if (example.isConverted) await convert(right.id);
  const before = await stored(example, right.id);
  const changed = await door.update(example.entity, right, await naming(example.wrong));
  expect(changed).toEqual({ refused: example.refused });
  expect(await stored(example, right.id)).toBe(before);
});

/** A workspace in which nothing is a rule, for what was written before there were any. */
function lawless(workspace: Workspace): Workspace {
  const { model } = workspace;
  const entities = [...model.entities.values()].map((entity) => ({
    ...entity,
    fields: Object.fromEntries(
      Object.values(entity.fields).map((field) => [field.name, { ...field, conditions: unconditional }]),
    ),
  }));
  const free: Model = {
    ...model,
    entities: new Map(entities.map((entity) => [entity.name, entity])),
    byPlural: new Map(entities.map((entity) => [entity.plural, entity])),
    rules: new Map(),
    validations: new Map(),
  };
  return Object.create(workspace, { model: { value: free } }) as Workspace;
}

describe.each(ruleExamples.filter(({ ofChange, ofSetup }) => !ofChange && !ofSetup))(
  '$covers.0',
  (example) => {
    const ctxs = (): { readonly ctx: Ctx; readonly free: Ctx } => {
      const ctx = ctxOf(doors, sal, 'api');
      return { ctx, free: { ...ctx, workspace: lawless(doors.workspace) } };
    };
    const json = (cells: Cells) => jsonOf(doors.workspace, example.entity, cells);
    const entityIn = ({ workspace }: Ctx) => entityOf(workspace.model, example.entity);

    test('holds for what returns from the bin', async () => {
      const { ctx, free } = ctxs();
      const wrong = json({ ...fresh(example), ...example.wrong });
      const [old] = await createRecords(free, entityIn(free), [wrong]);
      await removeRecords(free, entityIn(free), [{ id: old?.id ?? '' }]);
      const outcome = await restoreRecords(ctx, entityIn(ctx), [old?.id ?? '']).catch(refusalOf);
      expect(outcome).toEqual({ refused: example.refused });
      await restoreRecords(free, entityIn(free), [old?.id ?? '']);
    });

    test('holds for what an undo would bring back', async () => {
      const { ctx, free } = ctxs();
      const right = fresh(example);
      const [old] = await createRecords(free, entityIn(free), [json({ ...right, ...example.wrong })]);
      const emptied = Object.fromEntries(Object.keys(example.wrong).map((name) => [name, right[name] ?? '']));
      const batch = newId();
      await updateRecords({ ...ctx, batch }, entityIn(ctx), [{ id: old?.id ?? '', values: json(emptied) }]);
      const { refused } = await undoBatch(ctx, batch);
      expect(refused.map(({ mistakes }) => refusalsOf(mistakes))).toEqual([example.refused]);
    });
  },
);

const refusalsOf = (mistakes: readonly { field: string; message: { code: string } }[]): readonly string[] =>
  mistakes.map(({ field, message }) => `${field}: ${message.code}`);

test.each(['account', 'opportunity'])(
  'a conversion into an %s is judged like everything else',
  async (entity) => {
    for (const example of ruleExamples.filter((each) => each.entity === entity)) {
      const lead = (await sal.program('POST', '/leads', { name: { last: 'Convert' } })).body.id;
      const values = jsonOf(doors.workspace, entity, { ...fresh(example), ...example.wrong });
      const answer = await sal.program('POST', `/leads/${lead}/convert`, { [entity]: values });
      expect([answer.status, answer.body.mistakes?.map(({ field, code }) => `${field}: ${code}`)]).toEqual([
        422,
        example.refused.map((told) => `${entity}.${told}`),
      ]);
    }
  },
);
