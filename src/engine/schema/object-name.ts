import { createHash } from 'node:crypto';
import type { WantedCheck, WantedIndex } from './wanted.ts';

const longest = 63;

/** The first hexadecimal digits of a text's hash. */
export const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 8);

/** An index whose name tells its table and columns and holds a hash of its shape. */
export function index(
  table: string,
  columns: readonly string[],
  o: Partial<Omit<WantedIndex, 'name' | 'columns'>> = {},
): WantedIndex {
  const shape = {
    columns,
    method: o.method ?? 'btree',
    unique: o.unique ?? false,
    nullsNotDistinct: o.nullsNotDistinct ?? false,
    where: o.where ?? null,
  } as const;
  const { expression = null } = o;
  // Only where there is one, so that all other indexes keep the names they have.
  const hashed = JSON.stringify(expression === null ? shape : { ...shape, expression });
  const name = objectName([table, ...columns].join('_'), shape.unique ? 'ux' : 'ix', hashed);
  return { name, ...shape, expression };
}

/** A check over one column. */
export const check = (table: string, column: string, condition: string): WantedCheck => ({
  name: objectName(`${table}_${column}`, 'ck', condition),
  column,
  condition,
});

/** The index on one partition that stands for an index of the whole table. */
export const partitionIndexName = (partition: string, whole: WantedIndex): string =>
  objectName(partition, 'px', whole.name);

/** True when the migration made an object of that name, and so may drop it when it's wanted no more. */
export const isManaged = (name: string): boolean => /_(ix|ux|ck|px)_[0-9a-f]{8}$/.test(name);

function objectName(base: string, kind: 'ix' | 'ux' | 'ck' | 'px', shape: string): string {
  const ending = `_${kind}_${shortHash(`${base} ${shape}`)}`;
  return base.slice(0, longest - ending.length) + ending;
}
