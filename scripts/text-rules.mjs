// The invariants of ARCHITECTURE.md that imports can't show. Each rule answers its violations as
// { rule, at, says }, so that the check and the test that breaks every invariant read the same thing.
import { basename, dirname } from 'node:path';
import { codeOf, lineAt, sourceFiles } from './source-files.mjs';

const isTest = (path) => /\.test\.tsx?$/.test(path);
const declaration = /\bname:\s*(['"`])([a-z][a-z0-9-]*)\1,\s*plural:\s*(['"`])([a-z][a-z0-9-]*)\3/g;

/** The names, singular and plural, of the entities that files below `folder` declare. */
export function declaredEntities(base, folder) {
  return sourceFiles(base, [folder])
    .filter((path) => !isTest(path))
    .flatMap((path) =>
      [...codeOf(base, path).matchAll(declaration)].map((found) => ({ path, one: found[2], many: found[4] })),
    );
}

const otherSpellings = (name) => [
  name,
  name.replaceAll('-', '_'),
  name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase()),
];

function occurrences(base, paths, pattern, rule, says) {
  return paths.flatMap((path) => {
    const code = codeOf(base, path);
    return [...code.matchAll(pattern)].map((found) => ({
      rule,
      at: `${path}:${lineAt(code, found.index)}`,
      says: `${found[0].trim().slice(0, 80)}: ${says}`,
    }));
  });
}

function engineNamesNoEntity(base) {
  const own = new Set(declaredEntities(base, 'src/engine/system').flatMap(({ one, many }) => [one, many]));
  const names = declaredEntities(base, 'src/crm')
    .flatMap(({ one, many }) => [one, many])
    .filter((name) => !own.has(name))
    .flatMap(otherSpellings);
  if (names.length === 0) return [];
  const files = sourceFiles(base, ['src/engine']).filter(
    (path) => !isTest(path) && !path.startsWith('src/engine/system/'),
  );
  const quoted = new RegExp(`(['"\`])(?:${[...new Set(names)].join('|')})\\1`, 'g');
  return occurrences(
    base,
    files,
    quoted,
    'engine-names-no-entity',
    'the engine knows no entity but its own; declare it as data',
  );
}

function crmWritesNoSql(base) {
  const files = sourceFiles(base, ['src/crm']).filter((path) => !isTest(path));
  const statement =
    /\bsql(?:<[^>`]*>)?`|\b(?:select\s[\w\s,.*"()$]+?\sfrom|SELECT\s[\w\s,.*"()$]+?\sFROM)\s+["\w]|\b(?:insert into|INSERT INTO|delete from|DELETE FROM)\s+["\w]|\b(?:update|UPDATE)\s+["\w.]+\s+(?:set|SET)\s|\.(?:selectFrom|insertInto|updateTable|deleteFrom)\(/g;
  return [
    ...occurrences(
      base,
      files,
      statement,
      'crm-writes-no-sql',
      'rules read and write records through the engine',
    ),
    ...occurrences(
      base,
      files,
      /(?<![\w.])fetch\(|\bXMLHttpRequest\b/g,
      'crm-touches-no-http',
      'the doors are in src/server',
    ),
  ];
}

function noDumps(base) {
  const dump = /^(?:utils?|helpers?|common|types?|misc|shared)(?:\.(?:test|browser))?(?:\.tsx?|\.mjs)?$/;
  return sourceFiles(base, ['src', 'test', 'bench', 'scripts'])
    .filter((path) => path.split('/').some((part) => dump.test(part)))
    .map((path) => ({ rule: 'no-dumps', at: path, says: 'name it after the one idea it holds' }));
}

function entityFilesDeclareEntities(base) {
  const declaring = new Set(declaredEntities(base, 'src/crm').map(({ path }) => path));
  return sourceFiles(base, ['src/crm'], ['.ts'])
    .filter((path) => dirname(path) !== 'src/crm' && !basename(path, '.ts').includes('.'))
    .filter((path) => !declaring.has(path))
    .map((path) => ({
      rule: 'nouns-are-entities',
      at: path,
      says: 'a file of src/crm with a plain name declares an entity; call others <noun>.<what>.ts',
    }));
}

/** Everything that these rules find wrong in the project at `base`. */
export function textViolations(base) {
  return [
    ...engineNamesNoEntity(base),
    ...crmWritesNoSql(base),
    ...noDumps(base),
    ...entityFilesDeclareEntities(base),
  ];
}
