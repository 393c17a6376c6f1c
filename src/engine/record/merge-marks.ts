import { type RawBuilder, sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import { mergeMarks } from '../../model/merge.ts';
import type { Ctx } from '../ctx.ts';
import type { Draft } from './draft.ts';

/** The record that a draft’s record goes into; null of one that just changes, or just goes. */
export function intoOf({ verb, after }: Draft): string | null {
  const into = verb === 'remove' ? after[mergeMarks.into] : null;
  return typeof into === 'string' ? into : null;
}

/** Parts of a statement, and what it answers besides: that every process was told. */
interface MarkSqls {
  readonly parts: readonly RawBuilder<unknown>[];
  readonly notice: RawBuilder<unknown> | null;
}

/** Only of records really written. */
const ofWritten = sql`(select id from written)`;

/**
 * What a write of merged records, or of records that come out of the bin, does to the marks by which ids of merged
 * records answer: external keys go along with a record into the other one, and come back with it. Parts of the
 * statement that writes them, beside its `written`. Where marks come or go every process is told, once that is kept: the
 * filters follow them.
 */
export function markSqls(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): MarkSqls {
  const { schema } = ctx.workspace;
  const [marks, keys] = [sql.id(schema, 'merged_record'), sql.id(schema, 'external_key')];
  const told = (changed: string): RawBuilder<unknown> =>
    sql`(select pg_notify('rapport_setup', ${ctx.workspace.name}) from ${sql.ref(changed)} limit 1)`;
  const merged = drafts.flatMap((draft) => {
    const into = intoOf(draft);
    return into === null ? [] : [{ record: draft.id, into_record: into }];
  });
  if (merged.length > 0) {
    const sent = sql`jsonb_to_recordset(${JSON.stringify(merged)}::jsonb) as m(record uuid, into_record uuid)`;
    const parts = [
      sql`marked as (insert into ${marks} (entity, record, into_record, batch, at, keys)
        select ${entity.name}, m.record, m.into_record, ${ctx.batch}::uuid, ${ctx.now.toISOString()}::timestamptz,
          coalesce((select jsonb_agg(jsonb_build_object('source', k.source, 'key', k.key))
            from ${keys} k where k.record = m.record and k.removed_at is null), '[]'::jsonb)
        from ${sent} where m.record in ${ofWritten}
        on conflict (entity, record) do update set into_record = excluded.into_record, batch = excluded.batch,
          at = excluded.at, keys = excluded.keys returning record)`,
      sql`handed as (update ${keys} k set record = m.into_record from ${sent}
        where k.record = m.record and k.removed_at is null and m.record in ${ofWritten})`,
    ];
    return { parts, notice: told('marked') };
  }
  const back = drafts.filter(({ verb }) => verb === 'restore').map(({ id }) => id);
  if (back.length === 0) return { parts: [], notice: null };
  const parts = [
    sql`unmarked as (delete from ${marks} where entity = ${entity.name} and record = any(${back}::uuid[])
        and record in ${ofWritten} returning record, into_record, keys)`,
    sql`returned as (update ${keys} k set record = u.record
      from unmarked u cross join lateral jsonb_to_recordset(u.keys) as x(source text, key text)
      where k.entity = ${entity.name} and k.source = x.source and k.key = x.key and k.record = u.into_record)`,
  ];
  return { parts, notice: told('unmarked') };
}
