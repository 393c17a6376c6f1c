// The invariants of ARCHITECTURE.md that imports can't show.
import { basename, dirname } from 'node:path';
import { codeOf, lineAt, sourceFiles } from './source-files.ts';

/** A broken invariant: which, where, and what there is wrong. */
export interface Violation {
  readonly rule: string;
  readonly at: string;
  readonly says: string;
}

/** An entity as a text search finds it declared. */
export interface Declared {
  readonly path: string;
  readonly one: string;
  readonly many: string;
}

/** Words that other systems write above their columns, not names of ours. */
const headerWords = 'src/engine/import/header-words.ts';

const isTest = (path: string): boolean => /\.(?:test|fixture)\.tsx?$/.test(path);
const declaration = /\bname:\s*['"`]([a-z][a-z0-9-]*)['"`],\s*plural:\s*['"`]([a-z][a-z0-9-]*)['"`]/g;

/** The entities that files below `folder` declare. */
export function declaredEntities(base: string, folder: string): Declared[] {
  return sourceFiles(base, [folder])
    .filter((path) => !isTest(path))
    .flatMap((path) =>
      [...codeOf(base, path).matchAll(declaration)].map(([, one = '', many = '']) => ({ path, one, many })),
    );
}

/** `account-contact` as a name in data, in SQL and in TypeScript. */
const spellings = (name: string): string[] => [
  name,
  name.replaceAll('-', '_'),
  name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
];

function found(
  base: string,
  paths: readonly string[],
  pattern: RegExp,
  rule: string,
  says: string,
): Violation[] {
  return paths.flatMap((path) => {
    const code = codeOf(base, path);
    return [...code.matchAll(pattern)].map((match) => ({
      rule,
      at: `${path}:${lineAt(code, match.index)}`,
      says: `${match[0].trim().slice(0, 80)}: ${says}`,
    }));
  });
}

function engineNamesNoEntity(base: string): Violation[] {
  const own = new Set(declaredEntities(base, 'src/engine/system').flatMap(({ one, many }) => [one, many]));
  const names = declaredEntities(base, 'src/crm')
    .flatMap(({ one, many }) => [one, many])
    .filter((name) => !own.has(name))
    .flatMap(spellings);
  if (names.length === 0) return [];
  const quoted = new RegExp(`(['"\`])(?:${[...new Set(names)].join('|')})\\1`, 'g');
  const files = sourceFiles(base, ['src/engine']).filter(
    (path) => !isTest(path) && !path.startsWith('src/engine/system/') && path !== headerWords,
  );
  return found(base, files, quoted, 'engine-names-no-entity', 'the engine knows no entity but its own');
}

const sqlStatement = new RegExp(
  [
    /\bsql(?:<[^>`]*>)?`/,
    /\bselect\s[\w\s,.*"()$]+?\sfrom\s+["\w]/,
    /\bSELECT\s[\w\s,.*"()$]+?\sFROM\s+["\w]/,
    /\b(?:insert into|INSERT INTO|delete from|DELETE FROM)\s+["\w]/,
    /\b(?:update\s+["\w.]+\s+set|UPDATE\s+["\w.]+\s+SET)\s/,
    /\.(?:selectFrom|insertInto|updateTable|deleteFrom)\(/,
  ]
    .map((part) => part.source)
    .join('|'),
  'g',
);

function crmSpeaksNeitherSqlNorHttp(base: string): Violation[] {
  const files = sourceFiles(base, ['src/crm']).filter((path) => !isTest(path));
  return [
    ...found(
      base,
      files,
      sqlStatement,
      'crm-writes-no-sql',
      'rules read and write records through the engine',
    ),
    ...found(
      base,
      files,
      /(?<![\w.])fetch\(|\bXMLHttpRequest\b/g,
      'crm-touches-no-http',
      'doors are in src/server',
    ),
  ];
}

const dump = /^(?:utils?|helpers?|common|types?|misc)(?:\.(?:test|browser))?(?:\.tsx?|\.mjs)?$/;

function noDumps(base: string): Violation[] {
  return sourceFiles(base, ['src', 'test', 'bench', 'scripts'])
    .filter((path) => path.split('/').some((part) => dump.test(part)))
    .map((path) => ({ rule: 'no-dumps', at: path, says: 'name it after the one idea it holds' }));
}

/** A plain name is an entity's, so that `ls src/crm/sales` reads as the price list; `setup` holds lists of values. */
/** A plain name is an entity’s, so that the folder reads as the price list; `setup` holds lists of values. */
function nounsAreEntities(base: string): Violation[] {
  const declaring = new Set(declaredEntities(base, 'src/crm').map(({ path }) => path));
  return sourceFiles(base, ['src/crm'], ['.ts'])
    .filter((path) => !['src/crm', 'src/crm/setup'].includes(dirname(path)))
    .filter((path) => !basename(path, '.ts').includes('.'))
    .filter((path) => !declaring.has(path))
    .map((path) => ({
      rule: 'nouns-are-entities',
      at: path,
      says: 'a file of src/crm with a plain name declares an entity; others are <noun>.<what>.ts',
    }));
}

/** Everything that these rules find wrong in the project at `base`. */
export function textViolations(base: string): Violation[] {
  return [
    ...engineNamesNoEntity(base),
    ...crmSpeaksNeitherSqlNorHttp(base),
    ...noDumps(base),
    ...nounsAreEntities(base),
  ];
}
