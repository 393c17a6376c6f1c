import { sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { isId } from '../../lib/ids.ts';
import { message, tell } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import type { Duplicate, Duplicates } from '../../model/duplicate.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';
import { refuseReading } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { titleSql } from '../query/title.ts';
import { readEnv } from '../record/codec.ts';
import type { Input } from '../record/draft.ts';
import { unknownName } from '../record/read-input.ts';
import { detailSql } from '../search/detail.ts';
import { type Facing, facingsFor, fieldsRead } from './facing.ts';
import { type Alike, findAlikeAnywhere } from './find-alike.ts';
import { reasonsOf } from './reasons.ts';

const notLookedFor = message(
  'no-duplicates',
  '{label}: nothing tells whether two of them are the same, so none are looked for.',
  '{label} : rien n’indique que deux fiches sont la même, on n’en cherche donc pas.',
  '{label}: nada indica que dos registros sean el mismo, así que no se buscan.',
);
const badId = message(
  'duplicate-bad-id',
  'Give the id of the record that is being changed, or leave it out.',
  'Donnez l’identifiant de la fiche en cours de modification, ou omettez-le.',
  'Dé el identificador del registro que se está cambiando, u omítalo.',
);

/** Candidates told at once. */
const most = 6;

/**
 * Records that may be what a draft is about to become, also those of other entities that it is compared with: only those
 * the asker may read, and only by fields he may see. A draft isn't whole, so what can't be read of it is told and not
 * compared. `id` is the record that is being changed, `from` one that it is made of: neither is told, nor what somebody
 * said isn't the same as one of them.
 */
export async function findDuplicates(
  ctx: Ctx,
  entity: Entity,
  draft: Input,
  from: string | null = null,
): Promise<Duplicates> {
  refuseReading(ctx, entity);
  const facings = facingsOrRefuse(ctx, entity);
  refuseUnknown(draft, Object.keys(readableFields(ctx, entity)));
  const fields = [...new Set(facings.flatMap((facing) => fieldsRead(facing, 'own')))];
  const { values, mistakes } = readCompared(ctx, fields, draft);
  const id = typeof draft.id === 'string' ? draft.id : null;
  const [alike = []] = await findAlikeAnywhere(ctx, facings, [{ id, values }], [id, from]);
  return {
    items: await tellAlike(ctx, alike.slice(0, most)),
    unread: mistakes.map(({ field, message: said, params }) => ({
      field,
      message: tell(ctx.locale, said, params),
    })),
  };
}

/** What an entity's records are compared with by the asker; refused where nothing tells two of them to be the same. */
export function facingsOrRefuse(ctx: Ctx, entity: Entity): readonly Facing[] {
  const facings = facingsFor(ctx, entity);
  if (facings.length > 0) return facings;
  throw new Problem('not-found', { message: notLookedFor, params: { label: entity.label.many } });
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

/** What an input says of the fields that are compared, with the mistakes in it. */
export function readCompared(
  ctx: Ctx,
  fields: readonly Field[],
  input: Input,
): { readonly values: Values; readonly mistakes: readonly Mistake[] } {
  const values: Record<string, unknown> = {};
  const mistakes: Mistake[] = [];
  for (const field of fields) {
    if ((input[field.name] ?? null) === null) continue;
    const read = fieldType(field.type).read(input[field.name], field, readEnv(ctx));
    if ('mistakes' in read) mistakes.push(...read.mistakes.map((each) => placed(each, field)));
    else values[field.name] = read.value;
  }
  return { values, mistakes };
}

const placed = (mistake: Mistake, { name }: Field): Mistake => ({
  ...mistake,
  field: mistake.field ? `${name}.${mistake.field}` : name,
});

/** Records that are alike as people see them, in the order given. */
export async function tellAlike(ctx: Ctx, alike: readonly Alike[]): Promise<readonly Duplicate[]> {
  const byId = new Map<string, Shown>();
  for (const [entity, found] of Map.groupBy(alike, (each) => each.entity)) {
    const { rows } = await sql<Shown>`
      select r.id, ${titleSql(ctx, entity, 'r')} as title, ${detailSql(ctx, entity, 'r')} as detail
      from ${sql.id(ctx.workspace.schema, entity.table)} r
      where r.id = any(${found.map(({ id }) => id)}::uuid[])`.execute(ctx.db);
    for (const row of rows) byId.set(row.id, row);
  }
  return alike.map(({ entity, id, score, points }) => ({
    entity: entity.name,
    id,
    label: byId.get(id)?.title ?? null,
    detail: byId.get(id)?.detail || null,
    score,
    reasons: reasonsOf(points, ctx.locale),
  }));
}

interface Shown {
  readonly id: string;
  readonly title: string | null;
  readonly detail: string | null;
}
