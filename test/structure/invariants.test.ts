import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkStructure, type StructureCheck } from '../../scripts/structure.ts';
import { type SampleProject, sampleProject } from './sample-project.ts';

const entity = (one: string, many: string): string =>
  `export const declared = entity({\n  name: '${one}',\n  plural: '${many}',\n});\nfunction entity(spec: object): object {\n  return spec;\n}\n`;

const imports = (...paths: string[]): string => paths.map((path) => `import '${path}';\n`).join('');

const sound = {
  'src/lib/money.ts': 'export const money = 1;\n',
  'src/model/entity.ts': imports('../lib/money.ts'),
  'src/fields/index.ts': "export { money } from './money/money.ts';\n",
  'src/fields/money/money.ts': "import '../../model/entity.ts';\nexport const money = 1;\n",
  'src/fields/money/money.browser.ts': imports('../../lib/money.ts'),
  'src/fields/money/input.tsx': imports('./money.browser.ts', '../../model/entity.ts'),
  'src/expression/check.ts': imports('../fields/money/money.ts'),
  'src/engine/create.ts': imports('../expression/check.ts', 'kysely'),
  'src/engine/system/user.ts': entity('user', 'users'),
  'src/engine/own.ts': "export const own = 'user';\n// 'account' may be spoken of here\n",
  'src/crm/index.ts': "export { declared } from './parties/account.ts';\n",
  'src/crm/parties/account.ts': entity('account', 'accounts'),
  'src/crm/parties/account-contact.ts': entity('account-contact', 'account-contacts'),
  'src/crm/parties/account.rules.ts': imports(
    './account.ts',
    './account-contact.ts',
    '../../engine/create.ts',
  ),
  'src/jobs/runner.ts': imports('../crm/index.ts'),
  'src/server/http.ts': imports('../jobs/runner.ts', 'fastify', 'node:http'),
  'src/web-kit/button.tsx': imports('../lib/money.ts'),
  'src/web/app.tsx': imports('../web-kit/button.tsx', '../fields/money/input.tsx', '../expression/check.ts'),
  'src/portal/app.tsx': imports('../web-kit/button.tsx'),
};

/** Each invariant, broken once: the rule that must say so, the file it must name, and what breaks it. */
const broken: readonly (readonly [rule: string, at: string, files: Readonly<Record<string, string>>])[] = [
  ['layer-lib', 'src/lib/a.ts', { 'src/lib/a.ts': imports('../model/entity.ts') }],
  ['layer-model', 'src/model/a.ts', { 'src/model/a.ts': imports('../fields/money/money.ts') }],
  [
    'layer-fields',
    'src/fields/money/a.ts',
    { 'src/fields/money/a.ts': imports('../../expression/check.ts') },
  ],
  ['layer-expression', 'src/expression/a.ts', { 'src/expression/a.ts': imports('../engine/create.ts') }],
  ['layer-engine', 'src/engine/a.ts', { 'src/engine/a.ts': imports('../crm/parties/account.ts') }],
  [
    'layer-crm',
    'src/crm/parties/a.rules.ts',
    { 'src/crm/parties/a.rules.ts': imports('../../jobs/runner.ts') },
  ],
  ['layer-jobs', 'src/jobs/a.ts', { 'src/jobs/a.ts': imports('../server/http.ts') }],
  ['layer-server', 'src/server/a.ts', { 'src/server/a.ts': imports('../web/b.ts'), 'src/web/b.ts': '' }],
  ['browser-web', 'src/web/engine.ts', { 'src/web/engine.ts': imports('../engine/create.ts') }],
  ['browser-web', 'src/web/field.ts', { 'src/web/field.ts': imports('../fields/money/money.ts') }],
  ['browser-web', 'src/web/portal.tsx', { 'src/web/portal.tsx': imports('../portal/app.tsx') }],
  ['browser-portal', 'src/portal/crm.ts', { 'src/portal/crm.ts': imports('../crm/parties/account.ts') }],
  ['browser-portal', 'src/portal/web.tsx', { 'src/portal/web.tsx': imports('../web/app.tsx') }],
  ['browser-web-kit', 'src/web-kit/a.tsx', { 'src/web-kit/a.tsx': imports('../web/app.tsx') }],
  ['browser-parts-of-fields', 'src/fields/money/b.tsx', { 'src/fields/money/b.tsx': imports('./money.ts') }],
  ['node-loads-no-tsx', 'src/fields/money/c.ts', { 'src/fields/money/c.ts': imports('./input.tsx') }],
  ['pure-layers', 'src/lib/b.ts', { 'src/lib/b.ts': imports('node:fs') }],
  ['pure-layers-no-services', 'src/expression/b.ts', { 'src/expression/b.ts': imports('kysely') }],
  ['crm-no-sql-no-http', 'src/crm/parties/b.rules.ts', { 'src/crm/parties/b.rules.ts': imports('kysely') }],
  [
    'crm-no-sql-no-http',
    'src/crm/parties/c.rules.ts',
    { 'src/crm/parties/c.rules.ts': imports('node:https') },
  ],
  ['engine-no-http', 'src/engine/b.ts', { 'src/engine/b.ts': imports('fastify') }],
  [
    'entities-refer-by-name',
    'src/crm/sales/deal.ts',
    { 'src/crm/sales/deal.ts': `${imports('../parties/account.ts')}${entity('deal', 'deals')}` },
  ],
  [
    'no-cycle',
    'src/engine/c.ts',
    { 'src/engine/c.ts': imports('./d.ts'), 'src/engine/d.ts': imports('./c.ts') },
  ],
  ['no-barrel', 'src/engine/e/index.ts', { 'src/engine/e/index.ts': "export { own } from '../own.ts';\n" }],
  ['no-barrel', 'src/engine/f/all.ts', { 'src/engine/f/all.ts': "export * from '../own.ts';\n" }],
  [
    'sources-import-no-tests',
    'src/lib/c.ts',
    { 'src/lib/c.ts': imports('../../test/d.ts'), 'test/d.ts': '' },
  ],
  ['not-resolvable', 'src/lib/d.ts', { 'src/lib/d.ts': imports('./nowhere.ts') }],
  ['engine-names-no-entity', 'src/engine/g.ts:2', { 'src/engine/g.ts': "\nexport const g = 'accounts';\n" }],
  [
    'engine-names-no-entity',
    'src/engine/h.ts:1',
    { 'src/engine/h.ts': 'export const h = `account_contact`;\n' },
  ],
  [
    'crm-writes-no-sql',
    'src/crm/parties/d.rules.ts:1',
    { 'src/crm/parties/d.rules.ts': "export const d = 'select name from account';\n" },
  ],
  [
    'crm-writes-no-sql',
    'src/crm/parties/e.rules.ts:1',
    { 'src/crm/parties/e.rules.ts': "export const e = 'update account set name = 1';\n" },
  ],
  [
    'crm-touches-no-http',
    'src/crm/parties/f.rules.ts:1',
    { 'src/crm/parties/f.rules.ts': "export const f = () => fetch('http://localhost');\n" },
  ],
  [
    'nouns-are-entities',
    'src/crm/sales/prices.ts',
    { 'src/crm/sales/prices.ts': 'export const prices = [1];\n' },
  ],
  ['no-dumps', 'src/engine/utils.ts', { 'src/engine/utils.ts': '' }],
  ['no-dumps', 'src/engine/helpers/i.ts', { 'src/engine/helpers/i.ts': '' }],
  ['no-dumps', 'src/web/common/i.ts', { 'src/web/common/i.ts': '' }],
  ['no-dumps', 'src/model/types.ts', { 'src/model/types.ts': '' }],
];

describe('a sound project', () => {
  let sample: SampleProject;

  beforeAll(async () => {
    sample = await sampleProject(sound);
  });

  afterAll(() => sample.remove());

  test('breaks no invariant', () => {
    const { modules, violations } = checkStructure(sample.folder);
    expect(violations).toEqual([]);
    expect(modules).toBeGreaterThanOrEqual(Object.keys(sound).length);
  });

  test('isn’t taken for sound when dependency-cruiser read less than there is', async () => {
    await sample.write({
      '.dependency-cruiser.cjs':
        "module.exports = { forbidden: [], options: { exclude: { path: '^src/engine/' } } };\n",
    });
    expect(checkStructure(sample.folder).violations).toContainEqual(
      expect.objectContaining({ rule: 'every-file-is-seen', at: 'src/engine/create.ts' }),
    );
  });
});

describe('a project that breaks every invariant', () => {
  let sample: SampleProject;
  let check: StructureCheck;

  beforeAll(async () => {
    sample = await sampleProject(sound);
    for (const [, , files] of broken) await sample.write(files);
    check = checkStructure(sample.folder);
  });

  afterAll(() => sample.remove());

  test.each(broken)('is refused by %s at %s', (rule, at) => {
    expect(
      check.violations.filter((violation) => violation.at === at).map((violation) => violation.rule),
    ).toContain(rule);
  });

  test('is refused for nothing else', () => {
    const expected = new Set(broken.flatMap(([, , files]) => Object.keys(files)));
    expect(check.violations.filter(({ at }) => !expected.has(at.replace(/:\d+$/, '')))).toEqual([]);
  });
});
