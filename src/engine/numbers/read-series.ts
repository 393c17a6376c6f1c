import { sql } from 'kysely';
import { entityOf, type Model } from '../../model/declarations.ts';
import { restarts } from '../../model/number-series.ts';
import type { Db, NumberSeries } from '../ctx.ts';

/** The series that an administrator keeps in a workspace, by code. */
export async function readSeries(
  db: Db,
  schema: string,
  model: Model,
): Promise<ReadonlyMap<string, NumberSeries>> {
  const { rows } = await sql<{
    code: string;
    prefix: string | null;
    padding: number;
    gap_free: boolean | null;
    restart: string;
    start: number;
    version: number;
  }>`
    select code, prefix, padding, gap_free, restart, start, version
    from ${sql.id(schema, entityOf(model, 'number-series').table)} where removed_at is null`.execute(db);
  return new Map(
    rows.map((row) => [
      row.code,
      {
        code: row.code,
        prefix: row.prefix ?? '',
        padding: Number(row.padding),
        gapFree: row.gap_free === true,
        restart: restarts.find((known) => known === row.restart) ?? 'never',
        start: Number(row.start),
        version: row.version,
      },
    ]),
  );
}
