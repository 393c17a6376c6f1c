import { fieldType } from '../../fields/index.ts';
import { fold } from '../../lib/fold.ts';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import type { Ctx } from '../ctx.ts';
import { findByKeys } from '../record/external-keys.ts';
import { readableIds, updatableIds } from '../record/targets.ts';
import { idsByText } from './find-named.ts';
import type { ImportPlan } from './plan.ts';
import type { RowRead } from './read-row.ts';
import { standingLinks } from './standing-links.ts';

const severalMatch = message(
  'import-several-match',
  '{count} records have “{text}” as {label}: which one is meant can’t be told.',
  '{count} fiches ont « {text} » comme {label} : impossible de savoir laquelle est visée.',
  '{count} registros tienen «{text}» como {label}: no se puede saber a cuál se refiere.',
);
const notYours = message(
  'import-not-writable',
  'The record of this row exists, but you may not change it. Ask its owner or an administrator.',
  'La fiche de cette ligne existe, mais vous ne pouvez pas la modifier. Adressez-vous à son responsable ou à un administrateur.',
  'El registro de esta fila existe, pero no puede cambiarlo. Pídaselo a su responsable o a un administrador.',
);

/** A row on its way: with the record it stands for, where there is one. */
export interface Matched extends RowRead {
  readonly id: string | null;
  readonly isNewKey: boolean;
  /** Whether it goes into that record because it looks like it. */
  readonly isFolded: boolean;
}

/** Finds the record each row stands for: by its key, its id, the mapping's field, or the records that it links. */
export async function matchRows(
  ctx: Ctx,
  plan: ImportPlan,
  rows: readonly RowRead[],
): Promise<readonly Matched[]> {
  const { entity, mapping } = plan;
  const keys = rows.flatMap((row) => (row.key !== null && row.key.length <= 200 ? [row.key] : []));
  const byKey = await findByKeys(ctx, entity.name, mapping.source, keys);
  // A file that we exported ourselves comes back with our own ids as its keys.
  const ids = keys.filter((key) => !byKey.has(key) && isId(key));
  const ours = ids.length > 0 ? await readableIds(ctx, entity, ids) : new Set<string>();
  const linked = await standingLinks(
    ctx,
    entity,
    mapping.source,
    rows.filter(({ key }) => key === null || !(byKey.has(key) || ours.has(key))),
  );
  const field = entity.fields[mapping.match];
  const column = field ? fieldType(field.type).paths(field)['']?.column : undefined;
  const texts = rows.flatMap((row) => (row.match === null ? [] : [fold(row.match)]));
  const byText = column ? await idsByText(ctx, entity, column, texts) : new Map<string, readonly string[]>();
  const matched = rows.map((row): Matched => {
    const keyed =
      row.key === null ? undefined : (byKey.get(row.key) ?? (ours.has(row.key) ? row.key : undefined));
    const found = row.match === null ? [] : (byText.get(fold(row.match)) ?? []);
    if (found.length > 1 && keyed === undefined && field) {
      const params = { count: found.length, text: (row.match ?? '').slice(0, 60), label: field.label };
      row.mistakes.push({
        field: field.name,
        column: row.columnOf.get(field.name) ?? null,
        message: severalMatch,
        params,
        value: row.match,
      });
    }
    const id = keyed ?? found[0] ?? linked.get(row.place) ?? null;
    return { ...row, id, isNewKey: row.key !== null && keyed === undefined, isFolded: false };
  });
  const found = [...new Set(matched.flatMap((row) => row.id ?? []))];
  const [seen, mine] = [await readableIds(ctx, entity, found), await updatableIds(ctx, entity, found)];
  for (const row of matched) {
    if (row.id !== null && !(seen.has(row.id) && mine.has(row.id)))
      row.mistakes.push({ field: '', column: null, message: notYours });
  }
  return matched;
}
