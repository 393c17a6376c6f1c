import { type RawBuilder, sql } from 'kysely';
import { compileExpression } from '../../expression/compile.ts';
import { type MessageParams, tell } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { type Action, administrator } from '../../model/access.ts';
import type { AccessReason } from '../../model/access-why.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { scopeOf } from '../query/filter.ts';
import { waysSql } from './access.ts';
import { type Alternative, alternativesByRole } from './alternatives.ts';
import { whyTexts } from './explain-texts.ts';
import type { Subject } from './subject.ts';

/** How somebody stands to a record. */
export interface Relation {
  readonly id: string;
  readonly isOwner: boolean;
  /** Names of the teams it is shared with of which he is a member. */
  readonly teams: readonly string[];
}

/** What the database says of one role's way to a record. */
interface Held {
  readonly level: boolean;
  readonly filter: boolean;
}

/** For each action the roles of the subject and what each says, in the reader's language; all asked in one statement. */
export async function explainActions(
  reader: Ctx,
  subject: Subject,
  entity: Entity,
  actions: readonly Action[],
  relation: Relation,
): Promise<ReadonlyMap<Action, readonly AccessReason[]>> {
  const { rights } = subject.ctx.workspace;
  const { roles } = subject.ctx.who;
  const ways = actions.flatMap((action) =>
    alternativesByRole(rights, roles, entity, action).map((way) => ({ action, way })),
  );
  const held = await askDatabase(subject.ctx, entity, relation.id, ways);
  const found = new Map<Action, readonly AccessReason[]>();
  for (const action of actions) {
    const given = ways.flatMap((each, index) =>
      each.action === action ? [reasonOf(reader, subject, entity, each.way, relation, held[index])] : [],
    );
    const without = roles
      .filter((role) => !ways.some((each) => each.action === action && each.way.role === role))
      .filter(() => !roles.includes(administrator))
      .map((role) => nothing(reader, subject, entity, role));
    found.set(action, roles.length === 0 ? [roleless(reader, subject)] : [...given, ...without]);
  }
  return found;
}

async function askDatabase(
  subject: Ctx,
  entity: Entity,
  id: string,
  ways: readonly { readonly action: Action; readonly way: Alternative }[],
): Promise<readonly Held[]> {
  const columns = ways.flatMap(({ action, way }, index): RawBuilder<unknown>[] => [
    sql`${waysSql(subject, entity, action, 't', [{ ...way, filter: null }])} as ${sql.id(`level${index}`)}`,
    sql`coalesce(${way.filter ? (way.filter.sql?.(subject, 't') ?? sql`false`) : sql`true`}, false) as ${sql.id(`filter${index}`)}`,
  ]);
  if (columns.length === 0) return [];
  const { rows } = await sql<Record<string, boolean>>`
    select ${sql.join(columns)} from ${sql.id(subject.workspace.schema, entity.table)} t
    where t.id = ${id}::uuid`.execute(subject.db);
  return ways.map((_, index) => ({
    level: rows[0]?.[`level${index}`] === true,
    filter: rows[0]?.[`filter${index}`] === true,
  }));
}

function reasonOf(
  reader: Ctx,
  subject: Subject,
  entity: Entity,
  { role, level, filter }: Alternative,
  relation: Relation,
  held: Held | undefined,
): AccessReason {
  const told = (key: keyof typeof whyTexts, params: MessageParams = {}): string =>
    tell(reader.locale, whyTexts[key], { user: subject.ctx.who.name, ...params });
  const { rights } = subject.ctx.workspace;
  const reaches = held?.level === true;
  const isSpecial = entity.managedBy !== null && rights.specialOf(role).includes(entity.managedBy);
  const said = (): string => {
    if (role === administrator) return told('administrator');
    if (isSpecial) return told('special');
    if (level === 'all') return told('all');
    if (typeof level === 'object') {
      const field = entity.fields[level.through]?.label[reader.locale] ?? level.through;
      return told(reaches ? 'through' : 'notThrough', { field });
    }
    if (relation.isOwner) return told('owner');
    if (level === 'own') return told('notOwner');
    return reaches ? told('inTeam', { teams: relation.teams.join(', ') }) : told('notInTeam');
  };
  const condition = filter && {
    text: mayKnow(reader, entity, filter.text) ? filter.text : null,
    holds: held?.filter === true,
    isUnderstood: filter.sql !== null,
  };
  const conditionText = !condition
    ? []
    : [
        told(
          !condition.isUnderstood ? 'conditionGone' : condition.holds ? 'conditionHolds' : 'conditionFails',
        ),
      ];
  return {
    role: subject.roleName(role),
    level: typeof level === 'object' ? 'through' : level,
    from:
      role === administrator
        ? 'administrator'
        : isSpecial
          ? 'special'
          : rights.grantOf(role, entity.name)
            ? 'decided'
            : 'declared',
    holds: reaches && (condition?.holds ?? true),
    condition,
    reason: [said(), ...conditionText].join(' '),
  };
}

/** A role that says nothing of the action. */
const nothing = (reader: Ctx, subject: Subject, entity: Entity, role: string): AccessReason => ({
  role: subject.roleName(role),
  level: 'none',
  from: subject.ctx.workspace.rights.grantOf(role, entity.name) ? 'decided' : 'declared',
  holds: false,
  condition: null,
  reason: tell(reader.locale, whyTexts.none),
});

const roleless = (reader: Ctx, subject: Subject): AccessReason => ({
  role: null,
  level: 'none',
  from: 'declared',
  holds: false,
  condition: null,
  reason: tell(reader.locale, whyTexts.noRole, { user: subject.ctx.who.name }),
});

/** Whether the reader may know of everything that a condition names. */
function mayKnow(reader: Ctx, entity: Entity, text: string): boolean {
  try {
    compileExpression(text, scopeOf(reader, entity));
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
