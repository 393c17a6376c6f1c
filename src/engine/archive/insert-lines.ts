import { sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import { BackupRefused } from '../backup/refused.ts';
import type { Db } from '../ctx.ts';
import { rowOf } from '../record/codec.ts';

/** Writes rows, told as a JSON list, into these columns of a table; answers how many there were. */
export async function insertJson(
  db: Db,
  o: { readonly schema: string; readonly table: string; readonly columns: readonly string[] },
  json: string,
): Promise<number> {
  const table = sql.id(o.schema, o.table);
  const columns = sql.join(o.columns.map((column) => sql.ref(column)));
  const { numAffectedRows } = await sql`insert into ${table} (${columns})
    select ${columns} from json_populate_recordset(null::${table}, ${json}::json)`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Records of an entity, each a line of JSON, as the rows of its table; names the file and the record that is none. */
export function rowsOfRecords(
  entity: Entity,
  file: string,
  lines: readonly string[],
): readonly Record<string, unknown>[] {
  return lines.map((line) => {
    let values: unknown;
    try {
      values = JSON.parse(line);
    } catch {
      throw new BackupRefused(`It is damaged: a line of ${file} isn’t JSON.`);
    }
    if (typeof values !== 'object' || values === null || Array.isArray(values))
      throw new BackupRefused(`It is damaged: a line of ${file} is no record.`);
    const unknown = Object.keys(values).find((name) => !Object.hasOwn(entity.fields, name));
    if (unknown !== undefined)
      throw new BackupRefused(
        `This version knows no field “${unknown}” of ${entity.plural}: restore it with the version it comes from.`,
      );
    return rowOf(entity, values as Values);
  });
}
