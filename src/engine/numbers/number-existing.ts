import { sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { numberText, periodOn } from '../../model/number-series.ts';
import type { Values } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { rowOf, valuesOf } from '../record/codec.ts';
import { searchWords } from '../search/words.ts';
import { takeNumbers } from './counter.ts';
import { allSerialPlaces, type SerialPlace, seriesOf } from './series.ts';

/** Records numbered in one transaction. */
const chunkSize = 2000;

type Row = Readonly<Record<string, unknown>> & { readonly id: string; readonly created_at: Date };

/**
 * Gives numbers to records that were there before their field was declared, in the order in which they were made, those
 * in the bin included; once per series. It is an arrangement of the database like a new column, and no event. What is
 * interrupted goes on where it was.
 */
export async function numberExisting(ctx: Ctx, log: (line: string) => void = () => {}): Promise<void> {
  const { schema, model } = ctx.workspace;
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.id(schema, 'setting')} where name like 'numbered %'`.execute(ctx.db);
  const done = new Set(rows.map((row) => row.name));
  for (const place of allSerialPlaces(model)) {
    if (done.has(`numbered ${place.series}`)) continue;
    let count = 0;
    for (let after: string | null = ''; after !== null; ) {
      const from: string = after;
      const chunk: Chunk = await ctx.db
        .transaction()
        .execute((db) => numberChunk({ ...ctx, db }, place, from));
      count += chunk.count;
      after = chunk.last;
      if (chunk.count > 0) log(`${place.series}: ${count} records numbered`);
    }
    await sql`insert into ${sql.id(schema, 'setting')} (name, value) values (${`numbered ${place.series}`}, 'true')
      on conflict (name) do nothing`.execute(ctx.db);
  }
}

interface Chunk {
  readonly count: number;
  /** Id of the last record looked at; null = there are no more. */
  readonly last: string | null;
}

async function numberChunk(ctx: Ctx, place: SerialPlace, after: string): Promise<Chunk> {
  const { schema } = ctx.workspace;
  const { entity, field } = place;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rapport numbers ${schema}`}, 0))`.execute(
    ctx.db,
  );
  const [column = ''] = columnsOf(place);
  // Ids are in the order of time, and there is an index on them.
  const { rows } = await sql<Row>`
    select t.* from ${sql.id(schema, entity.table)} t
    where ${sql.ref(`t.${column}`)} is null ${after === '' ? sql`` : sql`and t.id > ${after}`} order by t.id limit ${chunkSize}
    for update`.execute(ctx.db);
  const numbers = await numbersFor(ctx, place, rows);
  const numbered = rows.map((row, at): Values => ({ ...valuesOf(entity, row), [field.name]: numbers[at] }));
  if (numbered.length > 0) await store(ctx, place, numbered);
  return { count: rows.length, last: rows.length < chunkSize ? null : (rows.at(-1)?.id ?? null) };
}

/** A number per row, counted in the period in which it was made. */
async function numbersFor(ctx: Ctx, place: SerialPlace, rows: readonly Row[]): Promise<readonly string[]> {
  const series = seriesOf(ctx, place);
  const dayOf = (row: Row): string => row.created_at.toISOString().slice(0, 10);
  const numbers = new Map<string, string>();
  for (const here of Map.groupBy(rows, (row) => periodOn(series.restart, dayOf(row))).values()) {
    const day = here[0] ? dayOf(here[0]) : '';
    const last = await takeNumbers({ ctx, place, series, day }, here.length, true);
    for (const [at, row] of here.entries())
      numbers.set(row.id, numberText(series, dayOf(row), last - here.length + 1 + at));
  }
  return rows.map((row) => numbers.get(row.id) ?? '');
}

/** Its columns, the number as it is written first. */
const columnsOf = ({ field }: SerialPlace): readonly string[] =>
  fieldType(field.type)
    .columns(field)
    .map(({ name }) => name);

async function store(ctx: Ctx, place: SerialPlace, numbered: readonly Values[]): Promise<void> {
  const { schema } = ctx.workspace;
  const { entity, field } = place;
  const table = sql.id(schema, entity.table);
  const columns = columnsOf(place);
  const rows = numbered.map((values) => rowOf(entity, values));
  await sql`update ${table} t set ${sql.join(columns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`r.${name}`)}`))}
    from jsonb_populate_recordset(null::${table}, ${JSON.stringify(rows)}::jsonb) r where t.id = r.id`.execute(
    ctx.db,
  );
  if (!entity.search.includes(field.name) && entity.title !== field.name) return;
  const entries = numbered
    .filter((values) => values.removedAt == null)
    .map((values) => ({ record: values.id, ...searchWords(entity, values) }));
  await sql`insert into ${sql.id(schema, 'search_entry')} (entity, record, words, title)
    select ${entity.name}, record, array_to_tsvector(words), title
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(record uuid, words text[], title text)
    on conflict (entity, record) do update set words = excluded.words, title = excluded.title`.execute(
    ctx.db,
  );
}
