import { sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import type { Field } from '../../model/field.ts';
import { accessSql } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { codesOf } from '../query/codes.ts';
import { targetsOf } from '../query/place.ts';
import { titleSql } from '../query/title.ts';

/** Tells stored values as doors answer them. */
export interface ValueTeller {
  /** References with their labels, anything else as it is. */
  value(field: string, stored: unknown): unknown;
  /** What people call a code or codes; null for other values. */
  label(field: string, stored: unknown): string | null;
}

/** Looks up, in one statement, the labels of all records that these changes name. */
export async function valueTeller(
  ctx: Ctx,
  fields: Readonly<Record<string, Field>>,
  changes: readonly (readonly [field: string, values: readonly [unknown, unknown]])[],
): Promise<ValueTeller> {
  const named = new Map<string, Set<string>>();
  for (const [name, values] of changes) {
    const field = fields[name];
    if (field) for (const stored of values) collect(named, field, stored);
  }
  const titles = await titlesOf(ctx, named);
  const reference = (entity: string, id: string): { id: string; label: string | null } => ({
    id,
    label: titles.get(`${entity} ${id}`) ?? null,
  });
  return {
    value: (name, stored) => {
      const field = fields[name];
      const pointed = field ? pointsAt(field, stored) : [];
      if (!field || pointed.length === 0) return stored ?? null;
      const told = pointed.map(({ entity, id }) =>
        field.type === 'any-reference' ? { entity, ...reference(entity, id) } : reference(entity, id),
      );
      return Array.isArray(stored) ? told : (told[0] ?? null);
    },
    label: (name, stored) => {
      const codes = fields[name] ? codesOf(ctx, fields[name]) : null;
      if (!codes || stored === null || stored === undefined) return null;
      const held = (Array.isArray(stored) ? stored : [stored]).map(String);
      return held
        .map((code) => codes.find((each) => each.code === code)?.label[ctx.locale] ?? code)
        .join(', ');
    },
  };
}

/** The records that a stored value of a reference names. */
function pointsAt(
  field: Field,
  stored: unknown,
): readonly { readonly entity: string; readonly id: string }[] {
  const [only = ''] = targetsOf(field);
  if (only === '' || stored === null || stored === undefined) return [];
  const pointed = fieldType(field.type).pointsAt?.(stored, field) ?? [];
  return pointed.map(({ id, entity }) => ({ id, entity: entity ?? only }));
}

function collect(named: Map<string, Set<string>>, field: Field, stored: unknown): void {
  for (const { entity, id } of pointsAt(field, stored)) {
    const ids = named.get(entity) ?? new Set<string>();
    named.set(entity, ids.add(id));
  }
}

/** Titles by `entity id`, of records the reader may read; removed ones keep their name in history. */
export async function titlesOf(
  ctx: Ctx,
  named: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<ReadonlyMap<string, string>> {
  const selects = [...named].flatMap(([name, ids]) => {
    // What was retired since has no names.
    const entity = ctx.workspace.model.entities.get(name);
    if (!entity) return [];
    return sql`select ${name} as entity, r.id, ${titleSql(ctx, entity, 'r')} as title
      from ${sql.id(ctx.workspace.schema, entity.table)} r
      where r.id = any(${[...ids]}::uuid[]) and ${accessSql(ctx, entity, 'read', 'r')}`;
  });
  if (selects.length === 0) return new Map();
  const { rows } = await sql<{
    entity: string;
    id: string;
    title: string | null;
  }>`${sql.join(selects, sql` union all `)}`.execute(ctx.db);
  return new Map(
    rows.flatMap(({ entity, id, title }) => (title === null ? [] : [[`${entity} ${id}`, title] as const])),
  );
}
