import { sql } from 'kysely';
import {
  actions,
  administrator,
  type Grant,
  type Level,
  type SpecialRight,
  specialRights,
} from '../../model/access.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Db, Rights, RowFilter, StoredGrant } from '../ctx.ts';
import { declaredGrant } from './alternatives.ts';
import { linkThrough } from './link-through.ts';
import { type FilterScope, rowFilter } from './row-filter.ts';

type Row = Readonly<Record<string, unknown>> & { readonly role_code: string; readonly entity: string };

/** What administrators decided about roles, as it is stored now; what is about an entity that is gone counts for nothing. */
export async function readRights(db: Db, schema: string, scope: FilterScope): Promise<Rights> {
  const role = entityOf(scope.model, 'role');
  const of = async (name: string): Promise<readonly Row[]> => {
    const { rows } = await sql<Row>`
      select t.*, r.code as role_code from ${sql.id(schema, entityOf(scope.model, name).table)} t
      join ${sql.id(schema, role.table)} r on r.id = t.role_id and r.removed_at is null
      where t.removed_at is null`.execute(db);
    return rows;
  };
  const { rows: roles } = await sql<{ code: string; special: readonly string[] | null }>`
    select code, special from ${sql.id(schema, role.table)}
    where removed_at is null and special is not null`.execute(db);
  const grants = new Map<string, StoredGrant>();
  for (const row of await of('right')) {
    const entity = scope.model.entities.get(row.entity);
    if (entity) grants.set(keyOf(row.role_code, row.entity), grantOf(entity, row, scope));
  }
  const fields = new Map(
    (await of('field-right')).map((row) => [
      keyOf(row.role_code, row.entity, String(row.field)),
      { read: row.read === true, write: row.read === true && row.write === true },
    ]),
  );
  const special = new Map(
    roles.map((each) => [each.code, specialRights.filter((right) => each.special?.includes(right))]),
  );
  const declared = new Map<string, RowFilter>();
  const filterOf = (entity: Entity, text: string): RowFilter => {
    const key = keyOf(entity.name, text);
    const filter = declared.get(key) ?? rowFilter(text, entity, scope);
    declared.set(key, filter);
    return filter;
  };
  return {
    filterOf,
    grantOf: (code, entity) => grants.get(keyOf(code, entity)) ?? null,
    fieldRightOf: (code, entity, field) => fields.get(keyOf(code, entity, field)) ?? null,
    specialOf: (code): readonly SpecialRight[] => special.get(code) ?? [],
    filtersOf: filtersOf(scope, (code, entity) => grants.get(keyOf(code, entity)) ?? null),
  };
}

/** Works out once for each set of roles which conditions they are held to. */
function filtersOf(scope: FilterScope, grantOf: Rights['grantOf']): Rights['filtersOf'] {
  const known = new Map<string, readonly string[]>();
  const ofEntity = (code: string, entity: Entity): readonly string[] => {
    const stored = grantOf(code, entity.name);
    if (stored) return stored.filter ? [stored.filter.text] : [];
    return Object.values(declaredGrant(entity, code)).flatMap((level) =>
      typeof level === 'object' && 'when' in level ? [level.when] : [],
    );
  };
  return (roles) => {
    if (roles.includes(administrator)) return [];
    const key = roles.join('\n');
    const found =
      known.get(key) ??
      [...scope.model.entities.values()].flatMap((entity) => roles.flatMap((code) => ofEntity(code, entity)));
    known.set(key, found);
    return found;
  };
}

const keyOf = (...parts: readonly string[]): string => parts.join('\n');

function grantOf(entity: Entity, row: Row, scope: FilterScope): StoredGrant {
  const through = linkThrough(entity);
  const level = (stored: unknown): Level => {
    if (stored === 'through') return through === null ? 'none' : { through };
    return stored === 'all' || stored === 'team' || stored === 'own' ? stored : 'none';
  };
  const columns: Readonly<Record<string, unknown>> = { ...row, massChange: row.mass_change };
  const levels: Grant = Object.fromEntries(actions.map((action) => [action, level(columns[action])]));
  const where = typeof row.where === 'string' ? row.where.trim() : '';
  return { levels, filter: where === '' ? null : rowFilter(where, entity, scope) };
}
