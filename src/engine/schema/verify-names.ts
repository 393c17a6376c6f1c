import { snakeCase } from '../../lib/names.ts';
import type { BaseList } from '../../model/base-list.ts';
import type { Entity } from '../../model/entity.ts';
import { engineTables } from './engine-tables.ts';

const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const longestSqlName = 63;

/** Words that stand at the place of a plural in REST addresses and pages. */
const reservedPlurals = new Set([
  'admin',
  'api',
  'assets',
  'batches',
  'board',
  'describe',
  'docs',
  'duplicates',
  'events',
  'help',
  'history',
  'import',
  'imports',
  'index-builds',
  'keys',
  'me',
  'new',
  'next-numbers',
  'openapi.json',
  'profile',
  'search',
  'session',
  'setup',
  'sign-in',
  'subscribers',
  'totals',
]);

/** Mistakes in the names of entities and lists: their form, reserved words, names taken twice. */
export function verifyNames(entities: readonly Entity[], lists: readonly BaseList[]): readonly string[] {
  const tables = new Set(engineTables.map((table) => table.name));
  return [
    ...entities.flatMap((entity) => nameMistakes(entity, tables)),
    ...lists
      .filter((list) => !kebab.test(list.name))
      .map((list) => `the list “${list.name}” must be named in kebab-case: opportunity-stage`),
    ...doubles(
      'entities are named',
      entities.map((entity) => entity.name),
    ),
    ...doubles(
      'entities have the plural',
      entities.map((entity) => entity.plural),
    ),
    ...doubles(
      'entities have the table',
      entities.map((entity) => entity.table),
    ),
    ...doubles(
      'lists are named',
      lists.map((list) => list.name),
    ),
  ];
}

function nameMistakes(entity: Entity, tables: ReadonlySet<string>): readonly string[] {
  const { name, plural, table } = entity;
  const mistakes: string[] = [];
  if (!kebab.test(name)) mistakes.push(`${name}: an entity is named in kebab-case: account-contact`);
  if (!kebab.test(plural))
    mistakes.push(`${name}: the plural “${plural}” must be kebab-case: account-contacts`);
  if (plural === name) mistakes.push(`${name}: the plural must differ from the name`);
  if (reservedPlurals.has(plural))
    mistakes.push(`${name}: the plural “${plural}” is reserved for an address of the engine`);
  if (table !== snakeCase(name)) mistakes.push(`${name}: its table must be ${snakeCase(name)}, not ${table}`);
  if (tables.has(table) || table.startsWith('event_'))
    mistakes.push(`${name}: the engine has a table ${table} of its own`);
  if (table.length > longestSqlName)
    mistakes.push(`${name}: ${table} is longer than ${longestSqlName} characters`);
  return mistakes;
}

function doubles(said: string, names: readonly string[]): readonly string[] {
  const counted = Map.groupBy(names, (name) => name);
  return [...counted]
    .filter(([, found]) => found.length > 1)
    .map(([name, found]) => `${found.length} ${said} “${name}”: each must have its own`);
}
