import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, describe as group, test } from 'vitest';
import type { Ctx } from '../../src/engine/ctx.ts';
import { describe } from '../../src/engine/describe/describe.ts';
import { scopeOf } from '../../src/engine/query/filter.ts';
import { compileExpression } from '../../src/expression/compile.ts';
import { complete } from '../../src/expression/complete.ts';
import { describedScope } from '../../src/expression/described-scope.ts';
import type { Scope } from '../../src/expression/scope.ts';
import { number } from '../../src/fields/number/number.ts';
import { reference } from '../../src/fields/reference/reference.ts';
import { text } from '../../src/fields/text/text.ts';
import { labels } from '../../src/lib/locale.ts';
import { Problem } from '../../src/lib/problem.ts';
import type { Description } from '../../src/model/description.ts';
import { entity } from '../../src/model/entity.ts';
import { type TestWorkspace, testWorkspace } from '../harness/workspace.ts';

const same = (said: string) => labels(said, said, said);
const common = { form: [], list: { columns: ['name'], sort: 'name' } } as const;

/** Read by salespeople but for its margin; it names a record of an entity that they may not read at all. */
const parcel = entity({
  ...common,
  name: 'parcel',
  plural: 'parcels',
  label: { one: same('Parcel'), many: same('Parcels') },
  title: 'name',
  fields: {
    name: text({ label: same('Name') }),
    canaryMargin: number({ label: same('Canary margin'), adminOnly: true }),
    vault: reference({ label: same('Vault'), to: 'vault' }),
  },
  access: { sales: { read: 'all' } },
});
const vault = entity({
  ...common,
  name: 'vault',
  plural: 'vaults',
  label: { one: same('Canary vault'), many: same('Canary vaults') },
  title: 'name',
  fields: {
    name: text({ label: same('Name') }),
    canaryCode: text({ label: same('Canary code') }),
    parcel: reference({ label: same('Parcel'), to: 'parcel' }),
  },
  access: {},
});

let workspace: TestWorkspace;
let sales: Ctx;
beforeAll(async () => {
  workspace = await testWorkspace({ more: [parcel, vault] });
  sales = await workspace.user('Sal');
});
afterAll(() => workspace.close());

const page = readFileSync(new URL('../../docs/expressions.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^```expression ([\w-]+) \w+\n([\s\S]*?)^```$/gm)].flatMap(
  ([, of = '', body = '']) => body.split('\n').map((text): [string, string] => [of, text]),
);

/** Both scopes of a reader: the server's own, and the one that a browser makes of what it was told. */
const scopesOf = (ctx: Ctx, of: string): readonly [Scope, Scope | null] => [
  scopeOf(ctx, workspace.entity(of)),
  describedScope(JSON.parse(JSON.stringify(describe(ctx))) as Description, of),
];

/** What the checker says: nothing, or each mistake with its place. */
function said(text: string, scope: Scope | null): unknown {
  if (!scope) return null;
  try {
    return { entity: compileExpression(text, scope).entity.name };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { codes: error.detail.mistakes?.map(({ message }) => message.code), ...error.detail.extra };
  }
}

group('what a browser knows of the declarations', () => {
  test('is nothing of an entity that the reader may not read', () => {
    expect(scopesOf(sales, 'vault')[1]).toBeNull();
    expect(describedScope({ entities: [], lists: [] }, 'parcel')).toBeNull();
  });

  test('makes the checker say exactly what the server says, to administrators and salespeople', () => {
    expect(examples.length).toBeGreaterThan(100);
    const more: readonly [string, string][] = [
      ['opportunity', 'stage.class = gone'],
      ['opportunity', 'any(contacts, email is empty) or none(contacts.contact)'],
      ['account', 'any(opportunities, owner = me and any(contacts)) and count(accounts.parent) > 2'],
      ['contact', 'teams in my teams and owner.memberOf contains "x"'],
    ];
    for (const ctx of [workspace.system, sales]) {
      for (const [of, text] of [...examples, ...more]) {
        const [own, told] = scopesOf(ctx, of);
        expect([text, said(text, told)]).toEqual([text, said(text, own)]);
      }
    }
  });

  test('completes what the server completes', () => {
    for (const ctx of [workspace.system, sales]) {
      for (const text of ['', 'stage = ', 'stage.class = ', 'account.', 'any(', 'owner.', 'sum(contacts, ']) {
        const [own, told] = scopesOf(ctx, 'opportunity');
        const labelled = (scope: Scope | null) =>
          scope && complete(text, text.length, scope).options.map(({ label }) => label);
        expect([text, labelled(told)]).toEqual([text, labelled(own)]);
      }
    }
  });
});

group('what is kept from a reader', () => {
  test('is never suggested, on the server or in the browser: fields, entities, what leads to them', () => {
    for (const scope of scopesOf(sales, 'parcel')) {
      for (const text of [
        '',
        'can',
        'vault.',
        'vault.can',
        'any(',
        'any(va',
        'canaryMargi > 1',
        'vault.canaryCod = "x"',
      ]) {
        const heard = JSON.stringify([
          complete(text, text.length, scope as Scope).options,
          text === '' ? '' : (said(text, scope) as object),
        ]);
        expect(heard.replaceAll(text, '')).not.toMatch(/canary/i);
      }
    }
    const [seen] = scopesOf(workspace.system, 'parcel');
    expect(JSON.stringify(complete('can', 3, seen).options)).toContain('canaryMargin');
  });

  test('is to an expression as if it were not declared', () => {
    const [scope] = scopesOf(sales, 'parcel');
    for (const text of ['canaryMargin > 1', 'vault.name = "x"', 'any(vaults)', 'any(vaults.parcel)'])
      expect(said(text, scope)).toHaveProperty('codes');
  });
});
