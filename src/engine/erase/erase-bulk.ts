import { sql } from 'kysely';
import type { Ctx } from '../ctx.ts';
import { containing, type Traces } from './personal.ts';

/** Takes a person out of what bulk runs keep: the reasons told about the record, and values that name the person. */
export async function eraseBulk(
  ctx: Ctx,
  { id, traces }: { readonly id: string; readonly traces: Traces },
): Promise<void> {
  const [rows, runs] = ['bulk_row', 'bulk_run'].map((name) => sql.id(ctx.workspace.schema, name));
  await sql`update ${rows} set mistakes = '[]'::jsonb where record = ${id}::uuid and mistakes is not null`.execute(
    ctx.db,
  );
  await sql`
    update ${runs} set undo = jsonb_set(undo, '{inTheWay}', coalesce((
      select jsonb_agg(w) from jsonb_array_elements(undo->'inTheWay') w where w->>'id' <> ${id}), '[]'::jsonb))
    where undo->'inTheWay' @> ${JSON.stringify([{ id }])}::jsonb`.execute(ctx.db);
  const patterns = traces.texts.map((text) => containing(JSON.stringify(text).slice(1, -1)));
  // What is still at work needs its values; it is of today and is done in a moment.
  await sql`
    update ${runs} set plan = plan || '{"where": "", "values": {}, "input": {}}'::jsonb
    where state not in ('running', 'undoing') and plan::text ilike any(${patterns}::text[])`.execute(ctx.db);
}
