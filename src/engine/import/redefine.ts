import { sql } from 'kysely';
import { Problem } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import { inTransaction } from '../record/transaction.ts';
import { type Analysis, sampleOf } from './analyse.ts';
import { inState, noCounts, openStates, readAnalysis, readBatch, refuseStarted } from './batch.ts';
import { readTable } from './files.ts';
import { importedEntity } from './imported-entity.ts';
import { badSource, isSource } from './mapping.ts';
import { firstMapping, guessOf } from './open.ts';
import { emptyReport } from './report.ts';
import { ofSet, type StoredBatch, writeBatch, writeBatches } from './stored-batch.ts';

/**
 * Says which entity the rows of a file are of. Another one than before: its columns are guessed anew; the same one
 * confirms what was guessed. A check of the set made before is void.
 */
export async function setEntity(ctx: Ctx, id: string, name: string): Promise<void> {
  const batch = await readBatch(ctx, id);
  const entity = importedEntity(ctx, name);
  const files = await refuseStarted(ctx, batch.set);
  const known = await readAnalysis(ctx, id);
  if (entity.name === batch.entity) {
    await writeAnalysis(ctx, id, { ...known, isEntitySure: true });
    return;
  }
  const sample = await sampleOf(await readTable(ctx, id));
  const mapping = await firstMapping(ctx, entity, sample, batch.source);
  await inTransaction(ctx, async (inner) => {
    await toDraft(inner, files);
    if (!(await writeBatch(inner, id, ['draft'], { entity: entity.name, mapping })))
      throw inState(await readBatch(ctx, id));
    await writeAnalysis(inner, id, { ...known, guess: guessOf(sample.headers, mapping), isEntitySure: true });
  });
}

/** Says which system all files of a set come from: its keys are known, and looked up, under that name. */
export async function setSource(ctx: Ctx, set: string, source: string): Promise<void> {
  if (!isSource(source))
    throw new Problem('invalid', { mistakes: [{ field: 'source', message: badSource, value: source }] });
  const files = await refuseStarted(ctx, set);
  await inTransaction(ctx, async (inner) => {
    await toDraft(inner, files);
    for (const { id, mapping } of files) {
      if (!(await writeBatch(inner, id, ['draft'], { source, mapping: { ...mapping, source } })))
        throw inState(await readBatch(ctx, id));
    }
  });
}

/** What was checked before no longer holds. */
async function toDraft(ctx: Ctx, files: readonly StoredBatch[]): Promise<void> {
  const changes = { state: 'draft', startedAt: null, finishedAt: null, report: emptyReport } as const;
  await writeBatches(ctx, ofSet(files[0]?.set ?? ''), openStates, { ...changes, ...noCounts });
}

async function writeAnalysis(ctx: Ctx, id: string, analysis: Analysis): Promise<void> {
  await sql`update ${sql.id(ctx.workspace.schema, 'import_file')}
    set analysis = ${JSON.stringify(analysis)}::jsonb where id = ${id}`.execute(ctx.db);
}
