import { sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import type { Labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import { isChanged } from '../../model/rule.ts';
import type { Ctx } from '../ctx.ts';
import { index } from '../schema/object-name.ts';
import type { WantedIndex } from '../schema/wanted.ts';
import { rowOf } from './codec.ts';
import { changeOf, type Draft } from './draft.ts';

const taken = message(
  'not-unique',
  '{label}: another record has the same value already.',
  '{label} : une autre fiche a déjà cette valeur.',
  '{label}: otro registro ya tiene ese valor.',
);

/** A set of fields no two live records share, with the columns that hold them and the index that sees to it. */
interface UniqueSet {
  readonly fields: readonly string[];
  readonly columns: readonly string[];
  readonly index: WantedIndex;
  readonly label: Labels;
}

/** Every unique set of an entity: single fields and declared combinations. */
export function uniqueSets(entity: Entity): readonly UniqueSet[] {
  const column = (name: string): string => {
    const field = entity.fields[name];
    const path = field ? fieldType(field.type).paths(field)[''] : undefined;
    if (!path) throw new Error(`${entity.name}.${name} can’t be unique: it isn’t comparable`);
    return path.column;
  };
  const uniqueSet = (fields: readonly string[], label: Labels): UniqueSet => {
    const columns = fields.map(column);
    return { fields, columns, index: uniqueIndex(entity.table, columns), label };
  };
  return [
    ...Object.values(entity.fields)
      .filter((field) => field.unique)
      .map((field) => uniqueSet([field.name], field.label)),
    ...entity.uniques.map((set) => uniqueSet(set.fields, set.label)),
  ];
}

/** The index that keeps the values of columns apart. */
export function uniqueIndex(table: string, columns: readonly string[]): WantedIndex {
  // Beside another field an empty one counts as a value: a pair linked twice without a role is linked twice.
  const nullsNotDistinct = columns.length > 1;
  return index(table, columns, { unique: true, nullsNotDistinct, where: '"removed_at" is null' });
}

/** The mistake of a draft whose values a live record already has. */
export const takenMistake = (set: { fields: readonly string[]; label: Labels }) => ({
  field: set.fields[set.fields.length - 1] ?? '',
  message: taken,
  params: { label: set.label },
});

/** Adds a mistake to each draft that would share a unique value with a live record or with another draft. */
export async function checkUnique(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  for (const set of uniqueSets(entity)) {
    const concerned = drafts
      .filter(
        (draft) => set.fields.some((field) => isChanged(changeOf(draft), field)) || draft.verb === 'restore',
      )
      .map((draft) => ({ draft, row: rowOf(entity, draft.after) }))
      // A single empty value is nobody's; a combination with an empty part is one of its own.
      .filter(({ row }) => set.columns.length > 1 || row[set.columns[0] ?? ''] != null);
    if (concerned.length === 0) continue;
    const wanted = concerned.map(({ draft, row }) => ({
      id: draft.id,
      ...Object.fromEntries(set.columns.map((c) => [c, row[c]])),
    }));
    // Plain equality where nothing is missing, so that the index is used.
    const same = set.columns.map((column, index) =>
      set.columns.length === 1 || entity.fields[set.fields[index] ?? '']?.required
        ? sql`${sql.ref(`t.${column}`)} = ${sql.ref(`w.${column}`)}`
        : sql`${sql.ref(`t.${column}`)} is not distinct from ${sql.ref(`w.${column}`)}`,
    );
    const table = sql.id(ctx.workspace.schema, entity.table);
    const { rows } = await sql<{ id: string; holder: string }>`
      select w.id, t.id as holder from jsonb_populate_recordset(null::${table}, ${JSON.stringify(wanted)}::jsonb) w
      join ${table} t on ${sql.join(same, sql` and `)} and t.removed_at is null and t.id <> w.id`.execute(
      ctx.db,
    );
    const moving = new Set(concerned.filter(({ draft }) => draft.before).map(({ draft }) => draft.id));
    const clashing = new Set(rows.filter((row) => !moving.has(row.holder)).map((row) => row.id));
    const first = new Map<string, string>();
    for (const { draft, row } of concerned) {
      const key = JSON.stringify(set.columns.map((c) => row[c] ?? null));
      const isDouble = first.has(key);
      if (!isDouble) first.set(key, draft.id);
      if (isDouble || clashing.has(draft.id)) draft.mistakes.push(takenMistake(set));
    }
  }
}

/**
 * Sees to it that records may swap unique values, or hand them round, in one statement: those whose values others of
 * the same write take are in the bin, where no value counts, until the write brings them out again. The index is asked
 * row by row, so no order of writing would do.
 */
export async function freeHandedOn(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  const handed = new Set<string>();
  for (const set of uniqueSets(entity)) {
    const moved = drafts.filter(
      (draft) => draft.before && set.fields.some((field) => isChanged(changeOf(draft), field)),
    );
    if (moved.length < 2) continue;
    const keyOf = (values: Values): string => {
      const row = rowOf(entity, values);
      return JSON.stringify(set.columns.map((column) => row[column] ?? null));
    };
    const holders = new Map(moved.map((draft) => [keyOf(draft.before ?? {}), draft.id]));
    for (const draft of moved) {
      const holder = holders.get(keyOf(draft.after));
      if (holder !== undefined && holder !== draft.id) handed.add(holder);
    }
  }
  if (handed.size === 0) return;
  await sql`update ${sql.id(ctx.workspace.schema, entity.table)} set removed_at = now()
    where id = any(${[...handed]}::uuid[])`.execute(ctx.db);
}

/** The unique set that a PostgreSQL unique violation speaks of, or null. */
export function violatedSet(entity: Entity, error: unknown): UniqueSet | null {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  if (code !== '23505') return null;
  return uniqueSets(entity).find((set) => set.index.name === constraint) ?? null;
}
