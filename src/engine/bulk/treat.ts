import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import type { Mistake, Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import { accessSql } from '../access/access.ts';
import { linkThrough } from '../access/link-through.ts';
import type { Ctx } from '../ctx.ts';
import { compileFilter, filterSql } from '../query/filter.ts';
import { refuseMissing } from '../query/mistakes.ts';
import { openSource } from '../query/source.ts';
import { notYours } from '../record/lock.ts';
import type { BulkAct } from './act.ts';
import { doSafely, type Treated } from './do-safely.ts';

const beyondReach = message(
  'bulk-beyond-reach',
  '{label}: your roles let you change this record by itself, but not together with others. Do it one by one, or ask an administrator.',
  '{label} : vos rôles vous permettent de modifier cette fiche seule, mais pas avec d’autres. Procédez une par une, ou adressez-vous à un administrateur.',
  '{label}: sus roles le permiten cambiar este registro por sí solo, pero no junto con otros. Hágalo de uno en uno o pregunte a un administrador.',
);

/**
 * Does what a run was asked for to records whose turn has come, inside a transaction: they are locked first and looked
 * at again, so that what no longer matches is left, and each is changed as it is by now.
 */
export async function treat(
  ctx: Ctx,
  act: BulkAct,
  where: string | null,
  records: readonly string[],
): Promise<readonly Treated[]> {
  const { entity } = act;
  const standing = await lockMatching(ctx, act, where ?? '', records);
  const treated: Treated[] = [];
  const open: string[] = [];
  for (const record of records) {
    const found = standing.get(record);
    if (found?.may && found.many) open.push(record);
    else if (!found && where !== null) treated.push({ record, outcome: 'left', mistakes: [] });
    else treated.push({ record, outcome: 'refused', mistakes: [reasonFor(entity, record, found)] });
  }
  return [...treated, ...(await doSafely(ctx, act, open))];
}

interface Standing {
  readonly id: string;
  readonly may: boolean;
  readonly many: boolean;
}

async function lockMatching(
  ctx: Ctx,
  { entity, needs, removed }: BulkAct,
  where: string,
  records: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const filter = compileFilter(ctx, entity, where, removed);
  const table = sql.id(ctx.workspace.schema, entity.table);
  await sql`select t.id from ${table} t
    where t.id = any(${[...records]}::uuid[]) and ${accessSql(ctx, entity, 'read', 't')}
    order by t.id for no key update of t`.execute(ctx.db);
  // A statement of its own: it sees what others committed while this one waited for them.
  const source = openSource(ctx, entity);
  const matching = filterSql(ctx, source, filter);
  const many = linkThrough(entity) === null ? accessSql(ctx, entity, 'massChange', source.alias) : sql`true`;
  const { rows } = await sql<Standing>`
    select ${sql.ref(`${source.alias}.id`)} as id, ${accessSql(ctx, entity, needs, source.alias)} as may, ${many} as many
    from ${source.from()}
    where ${sql.ref(`${source.alias}.id`)} = any(${[...records]}::uuid[]) and ${matching}`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row]));
}

function reasonFor(entity: Entity, id: string, found: Standing | undefined): Mistake {
  if (!found) return mistakeOf(refuseMissing(entity, id));
  const params = { label: entity.label.one, id };
  return { field: '', message: found.may ? beyondReach : notYours, params };
}

function mistakeOf({ detail }: Problem): Mistake {
  if (!detail.message) throw new Error('a missing record is refused without a sentence');
  return { field: '', message: detail.message, ...(detail.params ? { params: detail.params } : {}) };
}
