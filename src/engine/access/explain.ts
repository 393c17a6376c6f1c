import { sql } from 'kysely';
import { isId } from '../../lib/ids.ts';
import { type Message, type MessageParams, message, tell } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Action } from '../../model/access.ts';
import type { AccessAnswer, ActionAnswer, FieldAccessAnswer } from '../../model/access-why.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { placeOf } from '../query/place.ts';
import { readRecord } from '../query/read.ts';
import { explainActions, type Relation } from './explain-actions.ts';
import { explainField } from './explain-fields.ts';
import { actionTexts } from './explain-texts.ts';
import { readableFields } from './field-rights.ts';
import { hasSpecial } from './special.ts';
import { findSubject, type Subject } from './subject.ts';

const notYours = message(
  'why-forbidden',
  'You may ask this about yourself. About others it takes the special right to explain access.',
  'Vous pouvez le demander pour vous-même. Pour d’autres, il faut le droit particulier d’expliquer les accès.',
  'Puede preguntarlo sobre usted. Sobre otros hace falta el derecho especial de explicar los accesos.',
);
const nobody = message(
  'why-unknown-user',
  'There is no user of this id.',
  'Il n’y a pas d’utilisateur de cet identifiant.',
  'No hay ningún usuario con ese identificador.',
);

/** What is asked of a record that is there. */
const asked: readonly Action[] = ['read', 'update', 'remove', 'export', 'massChange'];

/**
 * What somebody may do to a record that the reader sees, and why: each of his roles with what it says. Anybody may ask
 * about himself; about others it takes a special right. Nothing is told that the reader may not see.
 */
export async function explainAccess(
  ctx: Ctx,
  entity: Entity,
  id: string,
  userId: string | undefined,
): Promise<AccessAnswer> {
  const { subject, relation } = await aboutOf(ctx, entity, id, userId);
  return answerOf(ctx, entity, subject, relation);
}

/** The same with one field of the record, refused as unknown where the reader doesn't see it. */
export async function explainFieldAccess(
  ctx: Ctx,
  entity: Entity,
  id: string,
  name: string,
  userId: string | undefined,
): Promise<FieldAccessAnswer> {
  const { field } = placeOf(ctx, entity, name, 'field');
  const { subject, relation } = await aboutOf(ctx, entity, id, userId);
  const found = explainField(ctx, subject.ctx, entity, field, subject.roleName);
  return { ...(await answerOf(ctx, entity, subject, relation)), field: found };
}

async function aboutOf(
  ctx: Ctx,
  entity: Entity,
  id: string,
  userId: string | undefined,
): Promise<{ readonly subject: Subject; readonly relation: Relation }> {
  const asksOthers = userId !== undefined && userId.toLowerCase() !== ctx.who.userId;
  if (asksOthers && !hasSpecial(ctx, 'explain-access')) throw new Problem('forbidden', { message: notYours });
  const record = await readRecord(ctx, entity, id, { removed: true, fields: ['id'] });
  const wanted = userId?.toLowerCase() ?? ctx.who.userId ?? '';
  const subject = isId(wanted) ? await findSubject(ctx, wanted) : null;
  if (!subject)
    throw new Problem('invalid', { mistakes: [{ field: 'user', message: nobody, value: userId }] });
  return { subject, relation: await relationOf(ctx, entity, record.id, subject) };
}

async function answerOf(
  ctx: Ctx,
  entity: Entity,
  subject: Subject,
  relation: Relation,
): Promise<AccessAnswer> {
  const why = await explainActions(ctx, subject, entity, asked, relation);
  const allowed = (action: Action): boolean => why.get(action)?.some(({ holds }) => holds) ?? false;
  // What isn't seen can't be changed, removed or taken along.
  const actions = asked.map(
    (action): ActionAnswer => ({
      action,
      label: say(ctx, actionTexts[action]),
      allowed:
        subject.isActive &&
        allowed(action) &&
        allowed('read') &&
        (action !== 'massChange' || allowed('update')),
      because: why.get(action) ?? [],
    }),
  );
  const fields = Object.values(readableFields(ctx, entity))
    .filter((field) => !field.readOnly)
    .map((field) => explainField(ctx, subject.ctx, entity, field, subject.roleName))
    .filter(({ read, write }) => !read || !write);
  return {
    user: { id: subject.id, label: subject.ctx.who.name },
    isActive: subject.isActive,
    roles: subject.ctx.who.roles.map(subject.roleName),
    actions,
    fields,
  };
}

/** How the subject stands to the record: owner, and the teams both have, by name. */
async function relationOf(
  ctx: Ctx,
  entity: Entity,
  id: string,
  { id: user, ctx: of }: Subject,
): Promise<Relation> {
  const { schema } = ctx.workspace;
  const { rows } = await sql<{ is_owner: boolean; teams: readonly string[] }>`
    select coalesce(t.owner_id = ${user}::uuid, false) as is_owner,
      array(select m.name from ${sql.id(schema, 'team')} m
        where m.id = any(t.teams_ids) and m.id = any(${[...of.who.teams]}::uuid[]) order by m.name) as teams
    from ${sql.id(schema, entity.table)} t where t.id = ${id}::uuid`.execute(ctx.db);
  return { id, isOwner: rows[0]?.is_owner ?? false, teams: rows[0]?.teams ?? [] };
}

const say = (ctx: Ctx, text: Message, params?: MessageParams): string => tell(ctx.locale, text, params);
