import { type RawBuilder, sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { cutText } from '../../lib/cut-text.ts';
import { fold } from '../../lib/fold.ts';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { ReferenceBy } from '../../model/import.ts';
import { accessSql } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { findReadableByKeys } from '../record/external-keys.ts';
import { readableMergedInto } from '../record/merged-into.ts';
import { readableIds } from '../record/targets.ts';
import type { Naming, RowMistake, RowRead } from './read-row.ts';

const unknownKey = message(
  'import-unknown-reference-key',
  '{label}: nothing with the key “{text}” was imported from “{source}”. Import that file first, or correct the key.',
  '{label} : rien n’a été importé de « {source} » avec la clé « {text} ». Importez d’abord ce fichier, ou corrigez la clé.',
  '{label}: no se ha importado nada de «{source}» con la clave «{text}». Importe antes ese archivo o corrija la clave.',
);
const unknownRecord = message(
  'import-unknown-reference',
  '{label}: there is no “{text}”, or you may not see it. Correct it, or create it first.',
  '{label} : « {text} » n’existe pas, ou vous n’y avez pas accès. Corrigez-le, ou créez-le d’abord.',
  '{label}: no hay «{text}», o no puede verlo. Corríjalo o créelo antes.',
);
const ambiguous = message(
  'import-ambiguous-reference',
  '{label}: {count} records are called “{text}”. Name the right one by its key or id.',
  '{label} : {count} fiches s’appellent « {text} ». Désignez la bonne par sa clé ou son identifiant.',
  '{label}: {count} registros se llaman «{text}». Indique el correcto por su clave o identificador.',
);

/** Where a text led: one record, or how many it could be. */
interface Found {
  readonly entity: string;
  readonly id: string;
}

/**
 * Finds the records that rows name, set by set: puts them into the rows' inputs, or adds mistakes; what isn't there
 * and may still come is noted as missing. Answers, by place of the row, the records to link.
 */
export async function findNamed(
  ctx: Ctx,
  source: string,
  rows: readonly RowRead[],
  mayCome: (naming: Naming) => boolean,
): Promise<ReadonlyMap<number, readonly { readonly naming: Naming; readonly id: string }[]>> {
  const asked = new Map<string, { names: readonly string[]; by: ReferenceBy | null; texts: Set<string> }>();
  for (const naming of rows.flatMap((row) => row.namings)) {
    const group = groupOf(naming);
    const known = asked.get(group) ?? { names: naming.target.names, by: naming.by, texts: new Set<string>() };
    for (const text of naming.texts) known.texts.add(text);
    asked.set(group, known);
  }
  const answers = new Map<string, ReadonlyMap<string, readonly Found[]>>();
  for (const [group, { names, by, texts }] of asked)
    answers.set(group, await lookUp(ctx, source, names, by, [...texts]));
  const links = new Map<number, { naming: Naming; id: string }[]>();
  for (const row of rows) {
    for (const naming of row.namings) {
      const found = naming.texts.flatMap((text): readonly Found[] => {
        const all = answers.get(groupOf(naming))?.get(text) ?? [];
        if (all.length === 1) return all;
        if (all.length === 0 && mayCome(naming)) {
          const { to, names } = naming.target;
          row.missing.push({ to, names, by: naming.by, text });
        } else if (all.length > 0 || !naming.mayBeEmpty)
          row.mistakes.push(mistakeOf(source, naming, text, all.length));
        return [];
      });
      const [first] = found;
      if (!first) continue;
      const { field } = naming.target;
      if (naming.target.link)
        links.set(row.place, [...(links.get(row.place) ?? []), { naming, id: first.id }]);
      else if (field?.type === 'references') row.input[field.name] = found.map(({ id }) => id);
      else if (field) row.input[field.name] = naming.target.names.length > 1 ? first : first.id;
    }
  }
  return links;
}

const groupOf = ({ target, by }: Naming): string => JSON.stringify([target.names, by]);

function mistakeOf(source: string, naming: Naming, text: string, count: number): RowMistake {
  const params = { label: naming.target.label, text: cutText(text, 60), source, count };
  const said = count > 1 ? ambiguous : naming.by === 'key' ? unknownKey : unknownRecord;
  return { field: naming.target.to, column: naming.column, message: said, params, value: text };
}

/** The records each text may mean: by key, else by id, else by what people call them. */
export async function lookUp(
  ctx: Ctx,
  source: string,
  names: readonly string[],
  by: ReferenceBy | null,
  texts: readonly string[],
): Promise<ReadonlyMap<string, readonly Found[]>> {
  const found = new Map<string, readonly Found[]>();
  const open = (): readonly string[] => texts.filter((text) => !found.has(text));
  for (const name of names) {
    const entity = entityOf(ctx.workspace.model, name);
    if (by !== 'id' && by !== 'title' && entity.importable) {
      for (const [key, id] of await findReadableByKeys(ctx, entity, source, open()))
        found.set(key, [{ entity: name, id }]);
    }
    if (by === null || by === 'id') {
      const ids = open().filter((text) => isId(text.toLowerCase()));
      const seen = await readableIds(
        ctx,
        entity,
        ids.map((id) => id.toLowerCase()),
      );
      const lost = ids.filter((text) => !seen.has(text.toLowerCase())).map((text) => text.toLowerCase());
      const merged = await readableMergedInto(ctx, entity, lost);
      for (const text of ids) {
        const id = text.toLowerCase();
        const meant = seen.has(id) ? id : merged.get(id);
        if (meant !== undefined) found.set(text, [{ entity: name, id: meant }]);
      }
    }
    if (by !== 'key' && by !== 'id') {
      for (const [text, ids] of await findByName(ctx, entity, open()))
        found.set(
          text,
          ids.map((id) => ({ entity: name, id })),
        );
    }
  }
  return found;
}

/** Live records the asker may read whose title, or another text that is unique, is exactly this (case and accents aside). */
async function findByName(
  ctx: Ctx,
  entity: Entity,
  texts: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const columns = Object.values(entity.fields).flatMap((field) => {
    const path =
      field.name === entity.title || field.unique ? fieldType(field.type).paths(field)[''] : undefined;
    return path?.kind === 'text' ? [path.column] : [];
  });
  const folded = Map.groupBy(texts, (text) => fold(text));
  const found = new Map<string, readonly string[]>();
  for (const column of columns) {
    for (const [value, ids] of await idsByText(ctx, entity, column, [...folded.keys()]))
      for (const text of folded.get(value) ?? []) if (!found.has(text)) found.set(text, ids);
  }
  return found;
}

/** The live records the asker may read, by the folded text in a column. */
export async function idsByText(
  ctx: Ctx,
  entity: Entity,
  column: string,
  folded: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (folded.length === 0) return new Map();
  const name: RawBuilder<unknown> = sql.ref(`t.${column}`);
  const { rows } = await sql<{ id: string; value: string }>`
    select t.id, ${name} as value from ${sql.id(ctx.workspace.schema, entity.table)} t
    where ${name} = any(${[...folded]}::text[]) and t.removed_at is null and ${accessSql(ctx, entity, 'read', 't')}
    order by t.id`.execute(ctx.db);
  return new Map(
    [...Map.groupBy(rows, (row) => row.value)].map(([value, all]) => [value, all.map((row) => row.id)]),
  );
}
