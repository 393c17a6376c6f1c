import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { project, type SampleProject, sampleProject } from './sample-project.ts';

const tooLong = Array.from({ length: 401 }, (_, line) => `export const a${line} = ${line};\n`).join('');

/** What biome must refuse: its rule, and a file that breaks it. */
const forBiome: readonly (readonly [string, string, string])[] = [
  ['lint/style/noExcessiveLinesPerFile', 'src/lib/long.ts', tooLong],
  ['lint/suspicious/noExplicitAny', 'src/lib/any.ts', 'export const a = (b: any): unknown => b;\n'],
  ['lint/style/noDefaultExport', 'src/lib/default.ts', 'export default 1;\n'],
  ['lint/style/noNonNullAssertion', 'src/lib/null.ts', "export const a = ['b'][0]!;\n"],
  [
    'lint/correctness/useImportExtensions',
    'src/lib/from.ts',
    "import { A } from './a-class';\n\nexport { A };\n",
  ],
  ['lint/style/useFilenamingConvention', 'src/lib/camelCase.ts', 'export const a = 1;\n'],
  ['lint/suspicious/noTsIgnore', 'src/lib/ignore.ts', "// @ts-ignore\nexport const a: number = 'b';\n"],
  [
    'lint/suspicious/noSkippedTests',
    'src/skipped.test.ts',
    "import { test } from 'vitest';\n\ntest.skip('a', () => {});\n",
  ],
  [
    'lint/suspicious/noFocusedTests',
    'src/only.test.ts',
    "import { test } from 'vitest';\n\ntest.only('a');\n",
  ],
  ['lint/correctness/noUnusedVariables', 'src/lib/unused.ts', 'const a = 1;\n'],
  ['lint/suspicious/noConsole', 'src/lib/console.ts', "console.log('a');\n"],
  ['format', 'src/lib/format.ts', 'export const a = "b"\n'],
  [
    'assist/source/organizeImports',
    'src/lib/order.ts',
    "import 'b';\nimport { c } from 'c';\nimport { a } from 'a';\n\nexport { a, c };\n",
  ],
];

const anEntity = (title: string): string => `import { labels } from '${project}/src/lib/locale.ts';
import { entity } from '${project}/src/model/entity.ts';

const label = labels('Thing', 'Chose', 'Cosa');
export const thing = entity({
  name: 'thing',
  plural: 'things',
  label: { one: label, many: label },
  title: '${title}',
  fields: { name: { type: 'text', label } },
  list: { columns: ['name'], sort: 'name' },
  form: [{ label, fields: ['name'] }],
  access: { sales: { read: 'all' } },
});
`;

/** What the compiler must refuse: its code, and a file that breaks it. */
const forTypes: readonly (readonly [string, string, string])[] = [
  ['TS1294', 'src/lib/property.ts', 'export class A {\n  constructor(readonly b: string) {}\n}\n'],
  ['TS1294', 'src/lib/enum.ts', 'export enum A {\n  B = 1,\n}\n'],
  ['TS2322', 'src/lib/unchecked.ts', "export const a: string = [''][0];\n"],
  ['TS2375', 'src/lib/exact.ts', 'export const a: { b?: string } = { b: undefined };\n'],
  ['TS1484', 'src/lib/verbatim.ts', "import { A } from './shape.ts';\n\nexport const b: A = 1;\n"],
  ['TS2322', 'src/crm/misspelt.ts', anEntity('nmae')],
];

interface BiomeReport {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: string };
  }[];
}

describe('the build', () => {
  let sample: SampleProject;
  let refused: readonly string[];
  let typesSaid: string;

  beforeAll(async () => {
    sample = await sampleProject({
      'src/lib/shape.ts': 'export type A = number;\n',
      'src/lib/a-class.ts': 'export const A = 1;\n',
      'src/lib/float.ts': 'export function a(): void {\n  Promise.resolve();\n}\n',
      'src/crm/sound.ts': anEntity('name'),
    });
    for (const [, path, text] of [...forBiome, ...forTypes]) await sample.write({ [path]: text });
    const report = sample.run(
      '@biomejs/biome/bin/biome',
      'check',
      '--max-diagnostics=none',
      '--reporter=json',
      'src',
    );
    const { diagnostics } = JSON.parse(report.said) as BiomeReport;
    refused = diagnostics.map(({ category, location }) => `${location.path} ${category}`);
    typesSaid = sample.run('ts7/bin/tsc', '-p', 'tsconfig.json').said;
  });

  afterAll(() => sample.remove());

  test.each(forBiome)('refuses %s in %s', (rule, path) => {
    expect(refused).toContain(`${path} ${rule}`);
  });

  test.each(forTypes)('refuses %s in %s', (code, path) => {
    expect(typesSaid).toMatch(new RegExp(`${path}\\(\\d+,\\d+\\): error ${code}`));
  });

  test('takes an entity whose title is one of its own fields', () => {
    expect(typesSaid).not.toContain('src/crm/sound.ts');
  });

  test('refuses a promise that nobody awaits', () => {
    const { ok, said } = sample.run('oxlint/bin/oxlint', '--type-aware', 'src/lib/float.ts');
    expect(ok).toBe(false);
    expect(said).toContain('no-floating-promises');
  });
});
