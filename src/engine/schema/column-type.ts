import type { WantedColumn } from './wanted.ts';

const spelling: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  int8: 'bigint',
  int2: 'smallint',
  bool: 'boolean',
  decimal: 'numeric',
  timestamptz: 'timestamp with time zone',
  'double precision': 'double precision',
};

/** A type as PostgreSQL's catalog prints it: `int8` → `bigint`, `varchar(20)` → `character varying(20)`. */
export function catalogType(written: string): string {
  const [, base = '', size = '', list = ''] =
    /^([a-z0-9_ ]+?)\s*(\([^)]*\))?((?:\[\])*)$/.exec(written.trim().toLowerCase()) ?? [];
  if (base === '') throw new Error(`the column type ${written} can’t be read`);
  const modifier = size.replace(/\s+/g, '');
  if (base === 'timestamptz') return `timestamp${modifier} with time zone${list}`;
  if (base === 'varchar') return `character varying${modifier}${list}`;
  return `${spelling[base] ?? base}${modifier}${list}`;
}

/** Reads `text collate "C"` or `uuid[] not null default '{}'`, as field types write a column. */
export function wantedColumn(name: string, written: string): WantedColumn {
  const parts = /^(.+?)(?:\s+collate\s+"([^"]+)")?(\s+not\s+null)?(?:\s+default\s+(.+))?$/i.exec(
    written.trim(),
  );
  if (!parts) throw new Error(`the column ${name} ${written} can’t be read`);
  const [, type = '', collation, notNull, byDefault] = parts;
  return {
    name,
    type: catalogType(type),
    collation: collation ?? null,
    notNull: notNull !== undefined,
    default: byDefault ?? null,
  };
}

const whole = ['smallint', 'integer', 'bigint'];

/** True when every value of `from` is a value of `to`, unchanged. */
export function isWidening(from: string, to: string): boolean {
  if (whole.includes(from)) {
    if (whole.includes(to)) return whole.indexOf(from) < whole.indexOf(to);
    const target = numeric(to);
    const digits = { smallint: 5, integer: 10, bigint: 19 }[from] ?? Number.POSITIVE_INFINITY;
    return target !== null && target.whole >= digits;
  }
  const [before, after] = [numeric(from), numeric(to)];
  if (before && after) return after.whole >= before.whole && after.scale >= before.scale;
  const [short, long] = [varying(from), varying(to)];
  return short !== null && (to === 'text' || (long !== null && long >= short));
}

/** Digits before and after the point that a numeric type holds. */
function numeric(type: string): { whole: number; scale: number } | null {
  if (type === 'numeric') return { whole: Number.POSITIVE_INFINITY, scale: Number.POSITIVE_INFINITY };
  const [, precision, scale] = /^numeric\((\d+),(\d+)\)$/.exec(type) ?? [];
  return precision === undefined ? null : { whole: Number(precision) - Number(scale), scale: Number(scale) };
}

function varying(type: string): number | null {
  if (type === 'character varying') return Number.POSITIVE_INFINITY;
  const [, size] = /^character varying\((\d+)\)$/.exec(type) ?? [];
  return size === undefined ? null : Number(size);
}
