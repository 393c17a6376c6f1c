import { type Mistake, Problem } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import { reasonOf } from '../long-work/stopped.ts';
import { inTransaction } from '../record/transaction.ts';
import { readBatch, readSet, refuseStarted } from './batch.ts';
import { copyFile, dropFile } from './files.ts';
import { sourceOf } from './guess.ts';
import { isEntityWord } from './guess-entity.ts';
import { openKept } from './open.ts';

/** First words of names of files that say nothing of where they come from. */
const anyFile = new Set(['file', 'export', 'exports', 'data', 'import', 'list', 'report', 'table', 'sheet']);

/** A file that was kept and is to be opened. */
export interface KeptFile {
  readonly id: string;
  readonly fileName: string;
  /** Left out, it is guessed from the file. */
  readonly entity?: string;
  /** Of a workbook: the sheet that is read; left out: the first that holds something. */
  readonly sheet?: string;
}

/**
 * Opens kept files as one import, or adds them to one that hasn't run; answers its id. All of them or none: what is
 * wrong with any of them is told at once, and nothing is kept.
 */
export async function openSet(
  ctx: Ctx,
  files: readonly KeptFile[],
  o: { readonly source?: string; readonly set?: string } = {},
): Promise<string> {
  try {
    const known = o.set === undefined ? null : await readSet(ctx, o.set);
    const source = o.source ?? known?.[0]?.source ?? commonSource(ctx, files);
    return await inTransaction(ctx, async (inner) => {
      let set = o.set;
      const refusals: { readonly fileName: string; readonly problem: Problem }[] = [];
      for (const { id, fileName, entity, sheet } of files) {
        try {
          const opened = await openKept(inner, id, {
            ...(entity === undefined ? {} : { entity }),
            ...(sheet === undefined ? {} : { sheet }),
            ...(source === null ? {} : { source }),
            ...(set === undefined ? {} : { set }),
          });
          set ??= opened;
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          refusals.push({ fileName, problem: error });
        }
      }
      if (refusals.length > 0) throw refusalOf(files, refusals);
      return set ?? '';
    });
  } catch (error) {
    for (const { id } of files) await dropFile(ctx, id);
    throw error;
  }
}

/** Opens another sheet of a workbook as a further file of the same import; answers the sheet's own id. */
export async function openOtherSheet(ctx: Ctx, id: string, sheet: string): Promise<string> {
  const { set, source } = await readBatch(ctx, id);
  await refuseStarted(ctx, set);
  return inTransaction(ctx, async (inner) =>
    openKept(inner, await copyFile(inner, id), { set, source, sheet }),
  );
}

/** What is wrong with a file by itself; of several, what is wrong with each of them, by its name. */
function refusalOf(
  files: readonly KeptFile[],
  refusals: readonly { readonly fileName: string; readonly problem: Problem }[],
): Problem {
  const own = refusals.find(({ problem }) => files.length === 1 || problem.code === 'forbidden');
  if (own) return own.problem;
  const mistakes = refusals.map(
    ({ fileName, problem }): Mistake => ({ field: fileName.slice(0, 255), ...reasonOf(problem) }),
  );
  return new Problem('invalid', { mistakes });
}

/**
 * The system that files come from: the word that those of their names begin with that say more than what they hold
 * (`npsp-accounts.csv` and `contacts.csv`: npsp); null when they name several.
 */
function commonSource(ctx: Ctx, files: readonly KeptFile[]): string | null {
  const sources = new Set(files.map(({ fileName }) => sourceOf(fileName)));
  const systems = [...sources].filter((word) => !anyFile.has(word) && !isEntityWord(ctx, word));
  if (systems.length > 1) return null;
  return systems[0] ?? (sources.size === 1 ? ([...sources][0] ?? null) : 'file');
}
