import { sql } from 'kysely';
import type { Db } from '../ctx.ts';

/** Which records stand for those that went into others by merges, by id, through any number of merges. */
export type MergedIds = ReadonlyMap<string, string>;

/** What was read, and by what it is known whether it is still so. */
export interface ReadMerged {
  readonly ids: MergedIds;
  readonly mark: string;
}

/**
 * Reads the merged ids of a workspace, or answers `known` where nothing was merged or taken back since: a merge makes a
 * later mark, an undo fewer of them.
 */
export async function readMerged(db: Db, schema: string, known: ReadMerged | null): Promise<ReadMerged> {
  const marks = sql.id(schema, 'merged_record');
  const { rows: counted } = await sql<{ mark: string }>`
    select concat(count(*), ' ', max(at), ' ', max(batch::text)) as mark from ${marks}`.execute(db);
  const mark = counted[0]?.mark ?? '';
  if (mark === known?.mark) return known;
  const { rows } = await sql<{ record: string; into: string }>`
    select record, into_record as into from ${marks}`.execute(db);
  return { ids: throughAll(new Map(rows.map(({ record, into }) => [record, into]))), mark };
}

/** Each id with the last record of its way. */
function throughAll(steps: ReadonlyMap<string, string>): MergedIds {
  const ids = new Map<string, string>();
  for (const [from, first] of steps) {
    const way = new Set([from]);
    let into = first;
    for (let next = steps.get(into); next !== undefined && !way.has(into); next = steps.get(into)) {
      way.add(into);
      into = next;
    }
    ids.set(from, into);
  }
  return ids;
}

/** The id of the record that stands for this one; its own, where it stands for itself. */
export const standing = (ids: MergedIds, id: string): string =>
  ids.size === 0 ? id : (ids.get(id.toLowerCase()) ?? id);
