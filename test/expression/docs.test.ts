import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileExpression } from '../../src/expression/compile.ts';
import { evaluate, type RecordValues } from '../../src/expression/evaluate.ts';
import { clockAt } from '../../src/expression/moments.ts';
import type { ResolvedPath } from '../../src/expression/tree.ts';
import { Problem } from '../../src/lib/problem.ts';
import type { BaseValue } from '../../src/model/base-list.ts';
import { entityOf } from '../../src/model/declarations.ts';
import { crmModel } from '../../src/server/app/crm-model.ts';

type Nested = Readonly<Record<string, unknown>>;

const page = readFileSync(new URL('../../docs/expressions.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```(\w+) ?([\w-]*) ?(\w*)\n([\s\S]*?)^```$/gm)].map(
  ([, kind = '', entity = '', answer = '', body = '']) => ({ kind, entity, answer, body }),
);
const examples = blocks
  .filter(({ kind }) => kind === 'expression')
  .flatMap(({ entity, answer, body }) =>
    body
      .split('\n')
      .filter((line) => line !== '')
      .map((text) => ({ entity, answer, text })),
  );
const records = new Map(
  blocks
    .filter(({ kind, entity }) => kind === 'json' && entity !== '')
    .map(({ entity, body }) => [entity, JSON.parse(body) as Nested]),
);

const model = crmModel();

/** What a new workspace starts with, as the workspace holds it. */
const codes = (list: string): readonly BaseValue[] =>
  (model.lists.get(list)?.values ?? []).map((value, position) => ({
    id: `${list}-${position}`,
    list,
    code: value.code,
    label: value.label,
    position,
    active: true,
    class: value.class ?? null,
    probability: value.probability ?? null,
    color: null,
  }));

const scopeOf = (entity: string) => ({ entity: entityOf(model, entity), model, codes });

const ana = '01900000-0000-7000-8000-0000000000a1';
const env = {
  ...clockAt(new Date('2026-11-22T09:00:00Z'), 'Europe/Paris'),
  me: ana,
  myTeams: ['01900000-0000-7000-8000-0000000000b1'],
};

/** The value at a path of a record whose references hold the records they name. */
function valueAt(record: Nested, path: ResolvedPath): unknown {
  let at: Nested | null = record;
  for (const { field } of path.steps) at = (at?.[field.name] as Nested | null | undefined) ?? null;
  if (!at) return null;
  const value = at[path.field.name] ?? null;
  const isRecord = path.kind === 'id' && typeof value === 'object' && value !== null;
  return path.comparable.pick(isRecord ? (value as Nested).id : value);
}

const valuesOf = (record: Nested): RecordValues => ({
  value: (path) => valueAt(record, path),
  baseValue: (list, code) => codes(list).find((value) => value.code === code) ?? null,
  related: ({ text }) => (record[text] as readonly Nested[]).map(valuesOf),
});

describe('docs/expressions.md', () => {
  test('has examples of every sort', () => {
    const answers = new Set(examples.map(({ answer }) => answer));
    expect(answers).toEqual(new Set(['true', 'false', 'refused', 'change']));
    expect(examples.length).toBeGreaterThan(60);
  });

  test.each(examples.filter(({ answer }) => answer === 'refused'))(
    '$text is refused with its place',
    ({ entity, text }) => {
      const compiling = () => compileExpression(text, scopeOf(entity));
      expect(compiling).toThrow(Problem);
      expect(compiling).toThrow(expect.objectContaining({ code: 'bad-expression' }));
    },
  );

  test.each(examples.filter(({ answer }) => answer === 'change'))(
    '$text is true of the change that the page tells',
    ({ entity, text }) => {
      const [record] = [...records].filter(([name]) => name === entity).map(([, found]) => found);
      if (!record) throw new Error(`the page shows no ${entity}`);
      const told = /`stage` was `([\w-]+)`, `amount` was (\d+) (\w+) and `closeDate` was\s+([\d-]+)/.exec(
        page,
      );
      const [, stage, amount, currency, closeDate] = told ?? [];
      const before = { ...record, stage, amount: { amount, currency }, closeDate };
      const compiled = compileExpression(text, { ...scopeOf(entity), change: true });
      expect(evaluate(compiled, { ...valuesOf(record), before: valuesOf(before) }, env)).toBe(true);
      expect(evaluate(compiled, { ...valuesOf(record), before: valuesOf(record) }, env)).toBe(
        text.startsWith('not'),
      );
    },
  );

  test.each(examples.filter(({ answer }) => answer === 'true' || answer === 'false'))(
    '$text is $answer of the example',
    ({ entity, answer, text }) => {
      const record = records.get(entity);
      if (!record) throw new Error(`the page shows no ${entity}`);
      const compiled = compileExpression(text, scopeOf(entity));
      expect(String(evaluate(compiled, valuesOf(record), env))).toBe(answer);
    },
  );

  test('shows the place of a mistake as it is answered', () => {
    const shown = blocks.find(({ kind, entity }) => kind === 'json' && entity === '');
    try {
      compileExpression('amont > 5', scopeOf('opportunity'));
      expect.unreachable();
    } catch (error) {
      expect((error as Problem).detail.extra).toEqual({ errors: [JSON.parse(shown?.body ?? '')] });
    }
  });
});
