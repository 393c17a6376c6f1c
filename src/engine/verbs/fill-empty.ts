import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { draftChanges } from '../record/change.ts';
import { lockRecords } from '../record/lock.ts';
import { updatableIds } from '../record/targets.ts';
import { writeDrafts } from './write-drafts.ts';

const notYours = message(
  'verb-section-fill-forbidden',
  '{label}: you may not change this record, so nothing of it can be filled in. Take it as it is, or ask its owner.',
  '{label} : vous ne pouvez pas modifier cette fiche, rien ne peut donc y être rempli. Prenez-la telle quelle ou adressez-vous à son responsable.',
  '{label}: no puede cambiar este registro, así que no se puede rellenar nada. Tómelo tal cual o pídaselo a su responsable.',
);

/** A record that a section takes, and what the verb would give a new one. */
interface Filled {
  /** The section’s name. */
  readonly name: string;
  readonly id: string;
  /** Fields that name the record of another section, whose matter they are. */
  readonly linked: ReadonlySet<string>;
  readonly values: Values;
}

/**
 * Fills what is empty in a record that a verb takes with what it would have given a new one: only fields that say nothing
 * there. Owner and teams stay.
 */
export async function fillEmpty(
  ctx: Ctx,
  entity: Entity,
  { name, id, linked, values }: Filled,
  mistakes: Mistake[],
): Promise<void> {
  const offered = Object.entries(values).filter(
    ([field]) => entity.fields[field]?.system === false && !linked.has(field),
  );
  if (offered.length === 0) return;
  if (!(await updatableIds(ctx, entity, [id])).has(id)) {
    mistakes.push({ field: `${name}.fill`, message: notYours, params: { label: entity.label.one } });
    return;
  }
  const stored = (await lockRecords(ctx, entity, [id], 'update')).get(id) ?? {};
  const empty = offered.filter(([field]) => isEmpty(stored[field]));
  if (empty.length === 0) return;
  const drafts = await draftChanges(ctx, entity, [{ id, values: Object.fromEntries(empty) }]);
  await writeDrafts(ctx, entity, drafts, mistakes, { prefix: name });
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);
