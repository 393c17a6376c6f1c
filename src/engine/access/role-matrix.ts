import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { type Action, actions, administrator, type Level, specialRights } from '../../model/access.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { RecordOut } from '../../model/record.ts';
import type { LevelCode, RoleEntity, RoleMatrix } from '../../model/role-matrix.ts';
import type { Ctx } from '../ctx.ts';
import { listRecords } from '../query/list.ts';
import { readRecord } from '../query/read.ts';
import { declaredGrant } from './alternatives.ts';
import { decidesRights, neverHidden } from './check-rights.ts';
import { linkThrough } from './link-through.ts';

const onlyAdministrators = message(
  'matrix-forbidden',
  'Only administrators see and change what roles may do.',
  'Seuls les administrateurs voient et modifient ce que permettent les rôles.',
  'Solo los administradores ven y cambian lo que permiten los roles.',
);

/** Everything one role may do: what is declared, and what administrators decided instead; for administrators. */
export async function roleMatrix(ctx: Ctx, id: string): Promise<RoleMatrix> {
  if (!ctx.who.roles.includes(administrator)) throw new Problem('forbidden', { message: onlyAdministrators });
  const role = await readRecord(ctx, entityOf(ctx.workspace.model, 'role'), id);
  const [rights, fields] = [await decided(ctx, 'right', id), await decided(ctx, 'field-right', id)];
  const code = String(role['code']);
  const special = (role['special'] ?? []) as readonly string[];
  return {
    code,
    special: specialRights.filter((right) => special.includes(right)),
    entities: [...ctx.workspace.model.entities.values()].map((entity) =>
      rowOf(
        ctx,
        entity,
        code,
        rights.find((right) => right['entity'] === entity.name),
        fields.filter((field) => field['entity'] === entity.name),
      ),
    ),
  };
}

/** All stored rights of one kind and role, page by page. */
async function decided(ctx: Ctx, name: string, role: string): Promise<readonly RecordOut[]> {
  const found: RecordOut[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await listRecords(ctx, entityOf(ctx.workspace.model, name), {
      where: `role = "${role}"`,
      limit: 200,
      ...(after ? { after } : {}),
    });
    found.push(...page.items);
    after = page.next;
  }
  return found;
}

function rowOf(
  ctx: Ctx,
  entity: Entity,
  code: string,
  right: RecordOut | undefined,
  fields: readonly RecordOut[],
): RoleEntity {
  const declared = declaredGrant(entity, code);
  const stored = ctx.workspace.rights.grantOf(code, entity.name);
  return {
    entity: entity.name,
    label: entity.label.many[ctx.locale],
    system: entity.system,
    choices: byAction((action) => choicesOf(entity, action)),
    declared: byAction((action) => codeOf(declared[action])),
    decided: right
      ? {
          id: right.id,
          version: right.version,
          levels: byAction((action) => right[action] as LevelCode),
          where: (right['where'] ?? null) as string | null,
          isUnderstood: stored?.filter?.sql !== null,
        }
      : null,
    fields: Object.values(entity.fields).map((field) => {
      const found = fields.find((each) => each['field'] === field.name);
      const isOpen = field.options['adminOnly'] !== true;
      return {
        name: field.name,
        label: field.label[ctx.locale],
        canBeHidden: !neverHidden(entity, field.name),
        isWritten: !field.readOnly,
        declared: { read: isOpen, write: isOpen && !field.readOnly },
        decided: found
          ? {
              id: found.id,
              version: found.version,
              read: found['read'] === true,
              write: found['write'] === true,
            }
          : null,
      };
    }),
  };
}

/** What may be stored: the same that is refused otherwise. */
function choicesOf(entity: Entity, action: Action): readonly LevelCode[] {
  const isLink = linkThrough(entity) !== null;
  if (action === 'import' && !entity.importable) return ['none'];
  if (action === 'massChange' && isLink) return ['none'];
  if (decidesRights(entity) && action !== 'read' && action !== 'export') return ['none'];
  return ['none', 'own', 'team', ...(isLink ? (['through'] as const) : []), 'all'];
}

function codeOf(level: Level | undefined): LevelCode {
  if (level === undefined) return 'none';
  if (typeof level === 'string') return level;
  return 'through' in level ? 'through' : 'own';
}

const byAction = <T>(of: (action: Action) => T): Readonly<Record<Action, T>> =>
  Object.fromEntries(actions.map((action) => [action, of(action)])) as Readonly<Record<Action, T>>;
