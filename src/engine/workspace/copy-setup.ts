import { entityOf, type Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { RecordOut } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { declares, declaring } from '../declare/declarations.ts';
import { largestPage, listRecords } from '../query/list.ts';
import { createRecords, maxRecords, removeRecords, updateRecords } from '../record/verbs.ts';
import { baseValue } from '../system/base-value.ts';
import { savedView } from '../system/saved-view.ts';
import { team } from '../system/team.ts';

/** How many records of an entity were copied. */
export interface Copied {
  readonly entity: Entity;
  readonly count: number;
}

/**
 * Gives a workspace that nobody has set up the set-up of another: declared entities, fields and relations, list values,
 * roles with their rights, rules, number series, views shared with everybody, and teams where told. People, records and
 * what was counted so far stay behind. All of it goes through the record verbs, so every rule holds. `from` and `to`
 * are the system in either; what fails leaves `to` half set up, to be dropped.
 */
export async function copySetup(
  from: Ctx,
  to: Ctx,
  o: { readonly teams: boolean },
): Promise<readonly Copied[]> {
  /** What a record of one is in the other, by the id. */
  const twins = new Map<string, string>();
  const copied: Copied[] = [];
  for (const { name } of setupEntities(from.workspace.model)) {
    if (name === team.name && !o.teams) continue;
    const entity = entityOf(from.workspace.model, name);
    const records = await allOf(from, entity);
    const there = await allOf(to, entity);
    const given = await bringOver(to, entity, records, there, twins);
    copied.push({ entity, count: given });
    // What follows may speak of what was declared here.
    if (declares(entity)) await to.workspace.refresh();
  }
  await to.workspace.refresh();
  return copied;
}

/** Declarations first, then list values, of which conditions speak, then the rest: what is named before what names it. */
function setupEntities(model: Model): readonly Entity[] {
  const all = [...model.entities.values()].filter(({ setup, name }) => setup || name === savedView.name);
  const first = [...declaring.map(({ name }) => name), baseValue.name];
  const rank = ({ name }: Entity): number => (first.includes(name) ? first.indexOf(name) : first.length);
  const waiting = all.toSorted((one, other) => rank(one) - rank(other));
  const ordered: Entity[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex((entity) =>
      waiting.every((other) => other === entity || !targetsOf(entity).includes(other.name)),
    );
    // A ring of references: whoever comes first goes without.
    ordered.push(...waiting.splice(Math.max(0, free), 1));
  }
  return ordered;
}

const targetsOf = (entity: Entity): readonly string[] =>
  copiedFields(entity).flatMap((field) => namesIn(field));

const namesIn = ({ options: { to } }: Field): readonly string[] =>
  to === undefined ? [] : Array.isArray(to) ? to.map(String) : [String(to)];

/** What somebody decided; what the system itself keeps stays behind. */
const copiedFields = (entity: Entity): readonly Field[] =>
  Object.values(entity.fields).filter((field) => !field.system && !field.readOnly);

/** Every record, in the order in which they were made. */
async function allOf(ctx: Ctx, entity: Entity): Promise<readonly RecordOut[]> {
  const records: RecordOut[] = [];
  const where = entity.name === savedView.name ? 'shared = everyone' : '';
  for (let after: string | null | undefined; after !== null; ) {
    const page = await listRecords(ctx, entity, {
      where,
      limit: largestPage,
      count: 'none',
      ...(after ? { after } : {}),
    });
    records.push(...page.items);
    after = page.next;
  }
  return records.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** Makes, changes and removes until `to` holds what `records` say; answers how many there are. */
async function bringOver(
  to: Ctx,
  entity: Entity,
  records: readonly RecordOut[],
  there: readonly RecordOut[],
  twins: Map<string, string>,
): Promise<number> {
  const byKey = new Map(there.map((record) => [keyOf(entity, record, null), record.id]));
  const fresh: RecordOut[] = [];
  const changes: { id: string; values: Record<string, unknown> }[] = [];
  for (const record of records) {
    const twin = byKey.get(keyOf(entity, record, twins));
    if (twin === undefined) fresh.push(record);
    else {
      twins.set(record.id, twin);
      changes.push({ id: twin, values: inputOf(entity, record, twins) });
    }
  }
  const kept = new Set(changes.map(({ id }) => id));
  const gone = there.filter(({ id }) => !kept.has(id)).map(({ id }) => ({ id }));
  for (const part of parts(gone)) await removeRecords(to, entity, part);
  for (const part of parts(changes)) await updateRecords(to, entity, part);
  // Each declaration may rest on the one before.
  for (const part of parts(fresh, declares(entity) ? 1 : maxRecords)) {
    const made = await createRecords(
      to,
      entity,
      part.map((record) => inputOf(entity, record, twins)),
    );
    for (const [index, record] of part.entries()) twins.set(record.id, made[index]?.id ?? '');
    if (declares(entity)) await to.workspace.refresh();
  }
  return records.length;
}

/** By what a record is the same in both: the first thing that must be unique, references as they are in `to`. */
function keyOf(entity: Entity, record: RecordOut, twins: ReadonlyMap<string, string> | null): string {
  const unique = Object.values(entity.fields).find((field) => field.unique && !field.system);
  const names = entity.uniques[0]?.fields ?? (unique ? [unique.name] : []);
  // Without one, every record is another.
  if (names.length === 0) return record.id;
  return JSON.stringify(
    names.map((name) => {
      const value = record[name];
      const id = idIn(value);
      return id === null ? (value ?? null) : (twins?.get(id) ?? id);
    }),
  );
}

function inputOf(
  entity: Entity,
  record: RecordOut,
  twins: ReadonlyMap<string, string>,
): Record<string, unknown> {
  return Object.fromEntries(
    copiedFields(entity).map((field) => [
      field.name,
      field.options.to === undefined ? record[field.name] : twinOf(record[field.name], twins),
    ]),
  );
}

/** References to what was copied; those to people and records stay behind. */
function twinOf(value: unknown, twins: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.flatMap((each) => twinOf(each, twins) ?? []);
  const id = idIn(value);
  return id === null ? null : (twins.get(id) ?? null);
}

const idIn = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : null;

function* parts<T>(all: readonly T[], size: number = maxRecords): Iterable<readonly T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}
