import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import { accessSql } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { refuseMissing } from '../query/mistakes.ts';

const wasMerged = message(
  'record-merged',
  '{label}: the record {id} was merged into {into}. Write to that one, or undo the merge.',
  '{label} : la fiche {id} a été fusionnée dans {into}. Modifiez celle-ci, ou annulez la fusion.',
  '{label}: el registro {id} se fusionó en {into}. Escriba en ese, o deshaga la fusión.',
);
const notRestored = message(
  'merged-not-restored',
  '{label}: the record {id} was merged into {into}, so it can’t just leave the bin. Undo the merge instead, with POST /batches/{batch}/undo.',
  '{label} : la fiche {id} a été fusionnée dans {into} et ne peut pas simplement quitter la corbeille. Annulez plutôt la fusion, avec POST /batches/{batch}/undo.',
  '{label}: el registro {id} se fusionó en {into} y no puede salir sin más de la papelera. Deshaga la fusión con POST /batches/{batch}/undo.',
);

/** A merge of a merge of a merge …; the limit only keeps it from looping. */
const deepest = 100;

/** For those of these ids whose records were merged: the record that stands for each now, and how far it was read isn’t asked. */
export async function mergedInto(
  ctx: Ctx,
  entity: Entity,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const marks = sql.id(ctx.workspace.schema, 'merged_record');
  const { rows } = await sql<{ start: string; id: string }>`
    with recursive way as (
      select m.record as start, m.into_record as id, 1 as depth from ${marks} m
      where m.entity = ${entity.name} and m.record = any(${[...ids]}::uuid[])
      union all
      select w.start, m.into_record, w.depth + 1 from way w
      join ${marks} m on m.entity = ${entity.name} and m.record = w.id where w.depth < ${deepest})
    select distinct on (start) start, id from way order by start, depth desc`.execute(ctx.db);
  return new Map(rows.map(({ start, id }) => [start, id]));
}

/** `mergedInto`, of records that the asker reads. */
export async function readableMergedInto(
  ctx: Ctx,
  entity: Entity,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await mergedInto(ctx, entity, ids);
  if (found.size === 0) return found;
  const { rows } = await sql<{ id: string }>`
    select t.id from ${sql.id(ctx.workspace.schema, entity.table)} t
    where t.id = any(${[...found.values()]}::uuid[]) and t.removed_at is null
      and ${accessSql(ctx, entity, 'read', 't')}`.execute(ctx.db);
  const seen = new Set(rows.map(({ id }) => id));
  return new Map([...found].filter(([, id]) => seen.has(id)));
}

/** Refuses a write to a record that isn’t there: of one that was merged into another that the asker reads, it names that one. */
export async function refuseAbsent(ctx: Ctx, entity: Entity, id: string): Promise<Problem> {
  const into = (await readableMergedInto(ctx, entity, [id])).get(id);
  if (into === undefined) return refuseMissing(entity, id);
  const params = { label: entity.label.one, id, into };
  return new Problem('conflict', { message: wasMerged, params, extra: { mergedInto: into } });
}

/** Refuses to take records out of the bin that lie there because they were merged. */
export async function refuseMerged(ctx: Ctx, entity: Entity, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ record: string; into_record: string; batch: string }>`
    select record, into_record, batch from ${sql.id(ctx.workspace.schema, 'merged_record')}
    where entity = ${entity.name} and record = any(${[...ids]}::uuid[]) limit 1`.execute(ctx.db);
  const [first] = rows;
  if (!first) return;
  const { record: id, into_record: into, batch } = first;
  const params = { label: entity.label.one, id, into, batch };
  throw new Problem('conflict', { message: notRestored, params, extra: { mergedInto: into, batch } });
}

/** The records that were merged into one, through any number of merges. */
export async function cameTo(ctx: Ctx, entity: Entity, id: string): Promise<readonly string[]> {
  const marks = sql.id(ctx.workspace.schema, 'merged_record');
  const { rows } = await sql<{ id: string }>`
    with recursive way as (
      select m.record as id, 1 as depth from ${marks} m where m.entity = ${entity.name} and m.into_record = ${id}::uuid
      union all
      select m.record, w.depth + 1 from way w
      join ${marks} m on m.entity = ${entity.name} and m.into_record = w.id where w.depth < ${deepest})
    select distinct id from way`.execute(ctx.db);
  return rows.map((row) => row.id);
}
