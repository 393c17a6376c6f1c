import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Door } from '../../model/event.ts';
import type { Ctx } from '../ctx.ts';
import { accessSql, levelFor } from './access.ts';
import { linkThrough } from './link-through.ts';

const notAtAll = message(
  'mass-change-forbidden',
  'Your roles don’t let you change or remove several {label} at once: do it one by one, or ask an administrator.',
  'Vos rôles ne vous permettent pas de modifier ou supprimer plusieurs fiches « {label} » à la fois : procédez une par une, ou adressez-vous à un administrateur.',
  'Sus roles no le permiten cambiar o eliminar varios {label} a la vez: hágalo de uno en uno o pregunte a un administrador.',
);
const notThese = message(
  'mass-change-beyond',
  'Your roles let you change or remove several {label} at once only where they reach, and {count} of these lie beyond: leave them out, or do these one by one.',
  'Vos rôles ne permettent de modifier ou supprimer plusieurs fiches « {label} » à la fois que dans certaines limites, et {count} d’entre elles les dépassent : retirez-les, ou traitez-les une par une.',
  'Sus roles solo le permiten cambiar o eliminar varios {label} a la vez dentro de ciertos límites, y {count} de estos quedan fuera: quítelos o trátelos de uno en uno.',
);

/** The doors at which somebody says himself which records he changes. */
const byHand: ReadonlySet<Door> = new Set<Door>(['browser', 'api', 'cli']);

/** Refuses who may change or remove records of `entity` one by one alone. Links are free. */
export function refuseEveryMassChange(ctx: Ctx, entity: Entity): void {
  if (linkThrough(entity) !== null || levelFor(ctx, entity, 'massChange') !== 'none') return;
  throw new Problem('forbidden', { message: notAtAll, params: { label: entity.label.many } });
}

/**
 * Refuses a change or removal of several records to who may only do that one by one. Links are free: they are made and
 * undone with what they link.
 */
export async function refuseMassChange(ctx: Ctx, entity: Entity, ids: readonly string[]): Promise<void> {
  if (ids.length < 2 || !byHand.has(ctx.door) || linkThrough(entity) !== null) return;
  const level = levelFor(ctx, entity, 'massChange');
  if (level === 'all') return;
  const params = { label: entity.label.many };
  if (level === 'none') throw new Problem('forbidden', { message: notAtAll, params });
  const { rows } = await sql<{ within: number }>`
    select count(*)::int as within from ${sql.id(ctx.workspace.schema, entity.table)} t
    where t.id = any(${[...ids]}::uuid[]) and ${accessSql(ctx, entity, 'massChange', 't')}`.execute(ctx.db);
  const count = ids.length - (rows[0]?.within ?? 0);
  if (count > 0) throw new Problem('forbidden', { message: notThese, params: { ...params, count } });
}
