import { type RawBuilder, sql } from 'kysely';
import { type Labels, labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Changes, Door } from '../../model/event.ts';
import type { Values } from '../../model/record.ts';
import { sameValue } from '../../model/rule.ts';
import { accessSql } from '../access/access.ts';
import { mayWrite, readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { titleSql } from '../query/title.ts';
import { user } from '../system/user.ts';

const changedAgain = message(
  'changed-again',
  '{label} was changed again by {who}.',
  '{label} : modifié à nouveau par {who}.',
  '{label}: {who} lo cambió de nuevo.',
);
const notToWrite = message(
  'field-not-writable',
  '{label}: you may see this field but not change it.',
  '{label} : vous pouvez voir ce champ mais pas le modifier.',
  '{label}: puede ver este campo pero no cambiarlo.',
);
const gone = message(
  'field-gone',
  '“{name}” is no field any more, so it can’t get a value back.',
  '« {name} » n’est plus un champ : il ne peut pas retrouver de valeur.',
  '«{name}» ya no es un campo: no puede recuperar ningún valor.',
);
const somebody = labels('somebody', 'quelqu’un', 'alguien');

/** A change made after the one that is to be undone. */
export interface LaterChange {
  readonly version: number;
  readonly door: Door;
  readonly changes: Changes;
  readonly actor: string | null;
  readonly actor_name: string | null;
}

/** The name of an event's author, as far as the asker may read users. */
export const actorName = (ctx: Ctx, actor: string): RawBuilder<string | null> =>
  sql<string | null>`(select ${titleSql(ctx, user, 'u')} from ${sql.id(ctx.workspace.schema, user.table)} u
    where u.id = ${sql.ref(actor)} and ${accessSql(ctx, user, 'read', 'u')})`;

/** Who made a change, for people: the system has a name too. */
export const authorOf = (event: {
  readonly actor: string | null;
  readonly actor_name: string | null;
}): string | Labels => (event.actor === null ? 'Rapport' : (event.actor_name ?? somebody));

/** Why each field of a change can't get its former value back; one that has it already, or can, isn't named. */
export function blockers(
  ctx: Ctx,
  entity: Entity,
  o: { readonly changes: Changes; readonly stored: Values; readonly later: readonly LaterChange[] },
): readonly Mistake[] {
  return Object.entries(o.changes).flatMap(([name, [before, after]]): Mistake[] => {
    const field = entity.fields[name];
    if (!field) return [{ field: name, message: gone, params: { name } }];
    const label = field.label;
    if (name !== 'removedAt' && !field.readOnly && !mayWrite(ctx, entity, name))
      return [{ field: name, message: notToWrite, params: { label } }];
    const now = o.stored[name] ?? null;
    if (sameValue(now, after ?? null) || sameValue(now, before ?? null)) return [];
    const by = o.later.findLast(({ changes }) => Object.hasOwn(changes, name));
    const params = { label, who: by ? authorOf(by) : somebody };
    return [{ field: name, message: changedAgain, params }];
  });
}

/** Why a record can't be unmade: people have worked on it since. What rules wrote is nobody's work. */
export function worksSince(
  ctx: Ctx,
  entity: Entity,
  o: { readonly changes: Changes; readonly stored: Values; readonly later: readonly LaterChange[] },
): readonly Mistake[] {
  const visible = readableFields(ctx, entity);
  const reasons = new Map<string, Mistake>();
  for (const event of o.later) {
    if (event.door === 'rule') continue;
    for (const name of Object.keys(event.changes)) {
      const field = Object.hasOwn(visible, name) ? visible[name] : undefined;
      if (!field || sameValue(o.stored[name] ?? null, o.changes[name]?.[1] ?? null)) continue;
      const params = { label: field.label, who: authorOf(event) };
      reasons.set(name, { field: name, message: changedAgain, params });
    }
  }
  return [...reasons.values()];
}
