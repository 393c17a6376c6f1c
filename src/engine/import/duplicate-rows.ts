import { message } from '../../lib/message.ts';
import type { Ctx } from '../ctx.ts';
import { findDuplicatesOf } from '../duplicates/find-duplicates-of.ts';
import { titlesOf } from '../query/titles.ts';
import { updatableIds } from '../record/targets.ts';
import type { ImportPlan } from './plan.ts';
import type { RowRead } from './read-row.ts';

const looksLike = message(
  'import-looks-like',
  'This looks like “{title}”, which is there already. Give it its key or id to change it, or let what looks alike be imported.',
  'Ceci ressemble à « {title} », qui existe déjà. Donnez sa clé ou son identifiant pour la modifier, ou laissez importer ce qui se ressemble.',
  'Esto se parece a «{title}», que ya existe. Indique su clave o identificador para cambiarlo, o permita importar lo que se parece.',
);
const notYours = message(
  'import-alike-not-writable',
  'This looks like “{title}”, which you may not change. Ask its owner or an administrator.',
  'Ceci ressemble à « {title} », que vous ne pouvez pas modifier. Adressez-vous à son responsable ou à un administrateur.',
  'Esto se parece a «{title}», que no puede cambiar. Pídaselo a su responsable o a un administrador.',
);

/** What becomes of rows that look like records there are. */
export interface AlikeRows {
  /** The record that a row goes into, by place. */
  readonly into: ReadonlyMap<number, string>;
  /** The record because of which a row is passed over, by place. */
  readonly passedOver: ReadonlyMap<number, string>;
  /** Places of rows that look like one before them: they wait until that is a record. */
  readonly waiting: ReadonlySet<number>;
}

/** Nothing looks like anything, or nobody asked. */
const none: AlikeRows = { into: new Map(), passedOver: new Map(), waiting: new Set() };

/**
 * Looks among rows that stand for no record yet for those that look like one, and does as the mapping says: refuses
 * them, passes them over, or lets them change that record. `taken` are the records that other rows stand for.
 */
export async function alikeRows(
  ctx: Ctx,
  plan: ImportPlan,
  rows: readonly RowRead[],
  taken: ReadonlySet<string>,
): Promise<AlikeRows> {
  const policy = plan.mapping.duplicates ?? 'create';
  if (policy === 'create' || rows.length === 0) return none;
  const found = await findDuplicatesOf(
    ctx,
    plan.entity,
    rows.map(({ input }) => input),
  );
  const ids = [...new Set(found.flatMap(({ standing }) => standing[0]?.id ?? []))];
  const titleOf = await titlesOf(
    ctx,
    policy === 'skip' ? [] : ids.map((id) => ({ entity: plan.entity.name, id })),
  );
  const mine = policy === 'update' ? await updatableIds(ctx, plan.entity, ids) : new Set<string>();
  const into = new Map<number, string>();
  const passedOver = new Map<number, string>();
  const waiting = new Set<number>();
  const held = new Set(taken);
  for (const [index, row] of rows.entries()) {
    const id = found[index]?.standing[0]?.id;
    const refuse = (said: typeof looksLike): void => {
      const title = titleOf(plan.entity.name, id ?? '') ?? '…';
      row.mistakes.push({ field: '', column: null, message: said, params: { title } });
    };
    if (id === undefined) {
      if ((found[index]?.earlier.length ?? 0) > 0) waiting.add(row.place);
    } else if (policy === 'refuse') refuse(looksLike);
    else if (policy === 'skip') passedOver.set(row.place, id);
    else if (!mine.has(id)) refuse(notYours);
    else if (held.has(id)) waiting.add(row.place);
    else {
      held.add(id);
      into.set(row.place, id);
    }
  }
  return { into, passedOver, waiting };
}
