import { sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';
import { sameValue } from '../../model/rule.ts';
import type { Ctx } from '../ctx.ts';
import type { Merged } from './combine.ts';

const ring = message(
  'merge-ring',
  '{label}: the record that stays would come to lie above itself. Give another record, or none.',
  '{label} : la fiche conservée se retrouverait au-dessus d’elle-même. Indiquez une autre fiche, ou aucune.',
  '{label}: el registro que permanece quedaría por encima de sí mismo. Indique otro registro, o ninguno.',
);

/** Steps upwards that are looked at. */
const highest = 100;

/**
 * The mistakes of fields that name a record of the same entity, such as a parent, by which the record that stays would
 * come to lie above itself once those that go are it.
 */
export async function ringMistakes(
  ctx: Ctx,
  entity: Entity,
  records: readonly Merged[],
  final: Values,
): Promise<readonly Mistake[]> {
  const [stays, ...gone] = records;
  if (!stays) return [];
  const mistakes: Mistake[] = [];
  for (const field of upwardFields(entity)) {
    const start = final[field.name];
    if (typeof start !== 'string') continue;
    // A ring that was there before is nobody’s doing now.
    const isNew = !sameValue(start, stays.values[field.name] ?? null);
    const below = [...gone, ...(isNew ? [stays] : [])].map(({ id }) => id);
    if (await leadsTo(ctx, entity, field, start, below))
      mistakes.push({ field: field.name, message: ring, params: { label: field.label }, value: start });
  }
  return mistakes;
}

const upwardFields = (entity: Entity): readonly Field[] =>
  Object.values(entity.fields).filter(
    (field) => field.type === 'reference' && field.options.to === entity.name,
  );

async function leadsTo(
  ctx: Ctx,
  entity: Entity,
  field: Field,
  start: string,
  ids: readonly string[],
): Promise<boolean> {
  const path = fieldType(field.type).paths(field)[''];
  if (!path) return false;
  const table = sql.id(ctx.workspace.schema, entity.table);
  const next = sql.ref(`t.${path.column}`);
  const { rows } = await sql`
    with recursive up as (
      select t.id, ${next} as above, 1 as step from ${table} t where t.id = ${start}::uuid
      union all
      select t.id, ${next}, u.step + 1 from up u join ${table} t on t.id = u.above where u.step < ${highest})
    select from up where id = any(${[...ids]}::uuid[]) limit 1`.execute(ctx.db);
  return rows.length > 0;
}
