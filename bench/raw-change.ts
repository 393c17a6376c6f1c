import { sql } from 'kysely';
import type { Db } from '../src/engine/ctx.ts';
import { newId } from '../src/lib/ids.ts';

/** Changes every contact and writes an event of it in plain SQL, so many in a transaction; leaves them changed. */
export async function rawChange(
  db: Db,
  schema: string,
  size: number,
): Promise<{ readonly records: number; readonly seconds: number }> {
  const batch = newId();
  const begun = Date.now();
  let records = 0;
  for (let last = '00000000-0000-0000-0000-000000000000'; ; ) {
    const ids = (
      await sql<{ id: string }>`
        select id from ${sql.id(schema, 'contact')} where id > ${last}::uuid order by id limit ${size}`.execute(
        db,
      )
    ).rows.map(({ id }) => id);
    if (ids.length === 0) break;
    const events = ids.map(() => newId());
    await sql`
      with written as (
        update ${sql.id(schema, 'contact')} set description = 'Raw', version = version + 1, updated_at = now()
        where id = any(${ids}::uuid[]) returning id, version)
      insert into ${sql.id(schema, 'event')} (id, at, actor, door, batch, entity, record, verb, version, changes)
      select n.event, now(), null, 'api', ${batch}::uuid, 'contact', w.id, 'update', w.version, '{"description": [null, "Raw"]}'
      from written w join unnest(${ids}::uuid[], ${events}::uuid[]) n (id, event) on n.id = w.id`.execute(db);
    records += ids.length;
    last = ids.at(-1) ?? last;
  }
  return { records, seconds: (Date.now() - begun) / 1000 };
}
