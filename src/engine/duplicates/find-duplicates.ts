import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { isId } from '../../lib/ids.ts';
import { message, tell } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import type { Duplicates } from '../../model/duplicate.ts';
import type { DuplicateKey, Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import { accessSql, refuseReading } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { titleSql } from '../query/title.ts';
import { readEnv } from '../record/codec.ts';
import type { Input } from '../record/draft.ts';
import { unknownName } from '../record/read-input.ts';
import { detailSql } from '../search/detail.ts';
import { likenessOf } from './likeness.ts';

const notLookedFor = message(
  'no-duplicates',
  '{label}: nothing tells whether two of them are the same, so none are looked for.',
  '{label} : rien n’indique que deux fiches sont la même, on n’en cherche donc pas.',
  '{label}: nada indica que dos fichas sean la misma, así que no se buscan.',
);
const badId = message(
  'duplicate-bad-id',
  'Give the id of the record that is being changed, or leave it out.',
  'Donnez l’identifiant de la fiche en cours de modification, ou omettez-le.',
  'Dé el identificador de la ficha que se está cambiando, u omítalo.',
);
const alike = message('duplicate-same', 'Same: {fields}', 'Identique : {fields}', 'Coincide: {fields}');

/** Candidates told at once. */
const most = 6;

/** One way in which a record may be alike: the condition, and the fields that make it. */
interface Way {
  readonly condition: RawBuilder<SqlBool>;
  readonly fields: readonly Field[];
}

/**
 * Records that may be what a draft is about to become, by the keys its entity declares: only those the asker may read,
 * and only by fields he may see. One statement, each key over an index. A draft isn't whole, so what can't be read of
 * it is told and not compared; `id` is a record that is no duplicate of itself.
 */
export async function findDuplicates(ctx: Ctx, entity: Entity, draft: Input): Promise<Duplicates> {
  refuseReading(ctx, entity);
  if (entity.duplicates.length === 0)
    throw new Problem('not-found', { message: notLookedFor, params: { label: entity.label.many } });
  const fields = readableFields(ctx, entity);
  refuseUnknown(draft, Object.keys(fields));
  const unread: Mistake[] = [];
  const values = readValues(ctx, entity, fields, draft, unread);
  const alias = 'r';
  const ways = entity.duplicates.flatMap((key) => wayOf(key, fields, values, alias) ?? []);
  const items = ways.length === 0 ? [] : await candidates(ctx, entity, ways, alias, draft.id);
  return {
    items,
    unread: unread.map(({ field, message: said, params }) => ({
      field,
      message: tell(ctx.locale, said, params),
    })),
  };
}

function refuseUnknown(draft: Input, known: readonly string[]): void {
  const mistakes = Object.keys(draft)
    .filter((name) => !known.includes(name) && name !== 'externalKeys')
    .map((name) => unknownName(name, known));
  const { id = null } = draft;
  if (id !== null && !(typeof id === 'string' && isId(id)))
    mistakes.push({ field: 'id', message: badId, value: id });
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
}

/** What the draft holds of the fields that keys look at. */
function readValues(
  ctx: Ctx,
  entity: Entity,
  fields: Readonly<Record<string, Field>>,
  draft: Input,
  unread: Mistake[],
): ReadonlyMap<string, string> {
  const asked = new Set(entity.duplicates.flatMap((key) => ('anyOf' in key ? key.anyOf : key.allOf)));
  const values = new Map<string, string>();
  for (const name of asked) {
    const field = fields[name];
    if (!field || (draft[name] ?? null) === null) continue;
    const read = fieldType(field.type).read(draft[name], field, readEnv(ctx));
    if ('mistakes' in read) {
      unread.push(...read.mistakes.map((m) => ({ ...m, field: m.field ? `${name}.${m.field}` : name })));
    } else {
      const like = read.value === null ? null : likenessOf(field)?.of(read.value);
      if (like) values.set(name, like);
    }
  }
  return values;
}

/** How a key finds records like the draft; null when the draft says too little for it. */
function wayOf(
  key: DuplicateKey,
  fields: Readonly<Record<string, Field>>,
  values: ReadonlyMap<string, string>,
  alias: string,
): Way | null {
  const names = 'anyOf' in key ? key.anyOf : key.allOf;
  const known = names.flatMap((name) => fields[name] ?? []);
  const given = names.flatMap((name) => values.get(name) ?? []);
  const column = (field: Field): RawBuilder<unknown> => sql.raw(likenessOf(field)?.sql(alias) ?? 'null');
  const cast = (field: Field): RawBuilder<unknown> =>
    fieldType(field.type).paths(field)['']?.kind === 'id' ? sql`uuid` : sql`text`;
  if ('anyOf' in key) {
    if (given.length === 0) return null;
    const any = known.map((field) => sql`${column(field)} = any(${given}::${cast(field)}[])`);
    return { condition: sql<SqlBool>`(${sql.join(any, sql` or `)})`, fields: known };
  }
  if (given.length < names.length) return null;
  const all = known.map((field) => sql`${column(field)} = ${values.get(field.name)}::${cast(field)}`);
  return { condition: sql<SqlBool>`(${sql.join(all, sql` and `)})`, fields: known };
}

async function candidates(
  ctx: Ctx,
  entity: Entity,
  ways: readonly Way[],
  alias: string,
  except: unknown,
): Promise<Duplicates['items']> {
  const own = typeof except === 'string' ? except : null;
  // A part of a key may be empty on a record: then that key doesn't hold of it.
  const isSo = ways.map(({ condition }) => sql<boolean>`coalesce(${condition}, false)`);
  const { rows } = await sql<{ id: string; title: string | null; detail: string | null; held: boolean[] }>`
    select ${sql.ref(`${alias}.id`)} as id, ${titleSql(ctx, entity, alias)} as title,
      ${detailSql(ctx, entity, alias)} as detail, array[${sql.join(isSo)}] as held
    from ${sql.id(ctx.workspace.schema, entity.table)} ${sql.id(alias)}
    where ${sql.ref(`${alias}.removed_at`)} is null and ${sql.ref(`${alias}.id`)} is distinct from ${own}::uuid
      and (${sql.join(
        ways.map(({ condition }) => condition),
        sql` or `,
      )})
      and ${accessSql(ctx, entity, 'read', alias)}
    order by ${sql.join(
      isSo.map((one) => sql`(${one})::int`),
      sql` + `,
    )} desc, ${sql.ref(`${alias}.updated_at`)} desc, ${sql.ref(`${alias}.id`)}
    limit ${sql.lit(most)}`.execute(ctx.db);
  return rows.map(({ id, title, detail, held }) => ({
    id,
    label: title,
    detail: detail || null,
    reasons: ways
      .filter((_, at) => held[at])
      .map(({ fields }) => ({
        fields: fields.map(({ name }) => name),
        message: tell(ctx.locale, alike, {
          fields: fields.map(({ label }) => label[ctx.locale]).join(', '),
        }),
      })),
  }));
}
