import { sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import type { Draft, ExternalKey, Input } from './draft.ts';
import { readableIds } from './targets.ts';

const keyUnknown = message(
  'unknown-external-key',
  'No record of {source} with the key “{key}” is known: import it first or correct the key.',
  'Aucune fiche de {source} avec la clé « {key} » n’est connue : importez-la d’abord ou corrigez la clé.',
  'No se conoce ningún registro de {source} con la clave «{key}»: impórtelo primero o corrija la clave.',
);
const keyTaken = message(
  'external-key-taken',
  'The key “{key}” of {source} belongs to another record already.',
  'La clé « {key} » de {source} appartient déjà à une autre fiche.',
  'La clave «{key}» de {source} ya pertenece a otro registro.',
);

/** The live records of an entity that carry these keys of another system. */
export async function findByKeys(
  ctx: Ctx,
  entity: string,
  source: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<{ key: string; record: string }>`
    select key, record from ${sql.id(ctx.workspace.schema, 'external_key')}
    where entity = ${entity} and source = ${source} and key = any(${[...keys]}::text[]) and removed_at is null`.execute(
    ctx.db,
  );
  return new Map(rows.map((row) => [row.key, row.record]));
}

/** The keys of each of these records, those of removed ones included. */
export async function keysOf(
  ctx: Ctx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly ExternalKey[]>> {
  const { rows } = await sql<ExternalKey & { record: string }>`
    select record, source, key from ${sql.id(ctx.workspace.schema, 'external_key')} where record = any(${[...ids]}::uuid[])`.execute(
    ctx.db,
  );
  return Map.groupBy(rows, (row) => row.record);
}

/** `findByKeys` for whoever names records by their keys: those he may not read are unknown to him. */
export async function findReadableByKeys(
  ctx: Ctx,
  entity: Entity,
  source: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await findByKeys(ctx, entity.name, source, keys);
  if (found.size === 0) return found;
  const seen = await readableIds(ctx, entity, [...new Set(found.values())]);
  return new Map([...found].filter(([, id]) => seen.has(id)));
}

/** Replaces every `{ source, key }` reference of the inputs by the id it stands for. */
export async function resolveKeyReferences(
  ctx: Ctx,
  entity: Entity,
  inputs: readonly Input[],
): Promise<{ inputs: readonly Input[]; mistakes: ReadonlyMap<number, readonly Mistake[]> }> {
  const wanted: { index: number; field: string; target: string; key: ExternalKey; isSeveral: boolean }[] = [];
  for (const [index, input] of inputs.entries()) {
    for (const [field, value] of Object.entries(input)) {
      const key = keyReference(value);
      const declared = Object.hasOwn(entity.fields, field) ? entity.fields[field] : undefined;
      const target = key && declared ? fieldType(declared.type).target?.(declared) : undefined;
      if (!key || target?.to !== 'records') continue;
      const chosen = target.entities.length === 1 ? target.entities[0] : key.entity;
      if (chosen && target.entities.includes(chosen))
        wanted.push({ index, field, target: chosen, key, isSeveral: target.entities.length > 1 });
    }
  }
  if (wanted.length === 0) return { inputs, mistakes: new Map() };

  const groups = new Map<string, typeof wanted>();
  for (const each of wanted) {
    const name = JSON.stringify([each.target, each.key.source]);
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  const resolved: Record<string, unknown>[] = inputs.map((input) => ({ ...input }));
  const mistakes = new Map<number, Mistake[]>();
  for (const group of groups.values()) {
    const first = group[0];
    if (!first) continue;
    const found = await findReadableByKeys(
      ctx,
      entityOf(ctx.workspace.model, first.target),
      first.key.source,
      group.map((each) => each.key.key),
    );
    for (const { index, field, target, key, isSeveral } of group) {
      const id = found.get(key.key);
      const row = resolved[index];
      if (!row) continue;
      if (id) row[field] = isSeveral ? { entity: target, id } : id;
      else {
        delete row[field];
        mistakes.set(index, [
          ...(mistakes.get(index) ?? []),
          { field, message: keyUnknown, params: { ...key }, value: key },
        ]);
      }
    }
  }
  return { inputs: resolved, mistakes };
}

/**
 * Adds a mistake to each draft that wants a key which another live record or draft holds; keys the record has
 * already, or wants twice, are no news and dropped.
 */
export async function checkKeys(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  const all = drafts.flatMap((draft) => draft.keys);
  if (all.length === 0) return;
  const { rows } = await sql<ExternalKey & { record: string }>`
    select k.source, k.key, k.record from ${sql.id(ctx.workspace.schema, 'external_key')} k
    join unnest(${all.map((each) => each.source)}::text[], ${all.map((each) => each.key)}::text[]) as w(source, key)
      on k.source = w.source and k.key = w.key
    where k.entity = ${entity.name} and k.removed_at is null`.execute(ctx.db);
  const nameOf = ({ source, key }: ExternalKey): string => JSON.stringify([source, key]);
  const holders = new Map(rows.map((row) => [nameOf(row), row.record]));
  for (const draft of drafts) {
    draft.keys = draft.keys.filter((each) => {
      const holder = holders.get(nameOf(each));
      if (holder === undefined) holders.set(nameOf(each), draft.id);
      else if (holder !== draft.id) draft.mistakes.push(takenKey(each));
      return holder === undefined;
    });
  }
}

const takenKey = ({ source, key }: ExternalKey): Mistake => ({
  field: 'externalKeys',
  message: keyTaken,
  params: { source, key },
});

/** The mistake a PostgreSQL unique violation means, when it is of a key that somebody else took a moment earlier. */
export function violatedKey(error: unknown, drafts: readonly Draft[]): Mistake | null {
  const { code, table, detail } = error as { code?: unknown; table?: unknown; detail?: unknown };
  if (code !== '23505' || table !== 'external_key') return null;
  const keys = drafts.flatMap((draft) => draft.keys);
  const taken = keys.find(({ source, key }) => String(detail).includes(`, ${source}, ${key}) `)) ?? keys[0];
  return taken ? takenKey(taken) : null;
}

function keyReference(value: unknown): (ExternalKey & { readonly entity?: string }) | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || 'id' in value) return null;
  const { source, key, entity } = value as Record<string, unknown>;
  if (typeof source !== 'string' || typeof key !== 'string') return null;
  return typeof entity === 'string' ? { source, key, entity } : { source, key };
}
