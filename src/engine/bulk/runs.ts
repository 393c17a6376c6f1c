import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { hasSpecial } from '../access/special.ts';
import type { Ctx } from '../ctx.ts';
import { type StoredRun, selectRuns, writeRun } from './stored-run.ts';

const noRun = message(
  'bulk-not-found',
  'There is no such bulk run, or it isn’t yours.',
  'Ce traitement groupé n’existe pas, ou il ne vous appartient pas.',
  'Esa operación en bloque no existe, o no es suya.',
);
const wrongState = message(
  'bulk-wrong-state',
  'This bulk run is {state}: that can’t be done now.',
  'Ce traitement groupé est dans l’état « {state} » : ce n’est pas possible maintenant.',
  'Esta operación en bloque está en estado «{state}»: eso no se puede hacer ahora.',
);

/** The runs somebody sees: his own; who may undo any, all. */
const seen = (ctx: Ctx) => (hasSpecial(ctx, 'undo-any') ? sql`true` : sql`b.created_by = ${ctx.who.userId}`);

/** A run the asker may see. */
export async function readRun(ctx: Ctx, id: string): Promise<StoredRun> {
  const [run] = await selectRuns(ctx, sql`b.id = ${id} and ${seen(ctx)}`);
  if (!run) throw new Problem('not-found', { message: noRun });
  return run;
}

/** The runs the asker may see, newest first. */
export async function listRuns(
  ctx: Ctx,
  o: { readonly limit: number; readonly after?: string | undefined },
): Promise<{ readonly items: readonly StoredRun[]; readonly next: string | null }> {
  const after = o.after === undefined ? sql`true` : sql`b.id < ${o.after}`;
  const found = await selectRuns(ctx, sql`${seen(ctx)} and ${after}`, o.limit + 1);
  const items = found.slice(0, o.limit);
  return { items, next: found.length > o.limit ? (items.at(-1)?.id ?? null) : null };
}

/** Whether anything was written that can be taken back now. */
export const canUndo = (run: StoredRun): boolean =>
  !run.plan.isTrial && run.changed > 0 && ['done', 'cancelled', 'failed'].includes(run.state);

/** Stops a run for good: what is done stays, for its undo; the rest isn't touched. */
export async function cancelRun(ctx: Ctx, id: string): Promise<void> {
  const run = await readRun(ctx, id);
  if (!(await writeRun(ctx, id, ['running'], { state: 'cancelled', finishedAt: new Date() })))
    throw inState(await readRun(ctx, run.id));
}

/** Asks for the undo of a run: from here on a job goes through with it, in the name of the asker. */
export async function askUndo(ctx: Ctx, id: string): Promise<void> {
  const run = await readRun(ctx, id);
  const changes = {
    state: 'undoing',
    stopped: null,
    undo: null,
    finishedAt: null,
    asker: ctx.who.userId,
  } as const;
  if (!canUndo(run) || !(await writeRun(ctx, id, ['done', 'cancelled', 'failed'], changes)))
    throw inState(await readRun(ctx, id));
}

const inState = ({ state }: StoredRun): Problem =>
  new Problem('conflict', { message: wrongState, params: { state }, extra: { state } });
