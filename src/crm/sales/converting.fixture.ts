import { fingerprint } from '../../../test/harness/fingerprint.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { Ctx } from '../../engine/ctx.ts';
import { readRecord } from '../../engine/query/read.ts';
import { createRecords } from '../../engine/record/verbs.ts';
import { runVerb } from '../../engine/verbs/run-verb.ts';
import type { RecordOut } from '../../model/record.ts';
import type { VerbResult } from '../../model/verb-offer.ts';
import { leadConvert } from './lead.convert.ts';

/** A workspace with two salespeople of one team. */
export async function twoOfOneTeam(): Promise<{
  readonly place: TestWorkspace;
  readonly ana: Ctx;
  readonly ben: Ctx;
}> {
  const place = await testWorkspace();
  const ana = await place.user('Ana Díaz', { teams: ['North'] });
  const ben = await place.user('Ben Noël', { teams: ['North'] });
  return { place, ana, ben };
}

/** What tests of conversions do, in the workspace that `place` answers once it is open. */
export const converting = (place: () => TestWorkspace) => ({
  async make(ctx: Ctx, name: string, input: Record<string, unknown>): Promise<RecordOut> {
    const [made] = await createRecords(ctx, place().entity(name), [input]);
    if (!made) throw new Error('nothing was created');
    return made;
  },
  /** A record as somebody reads it, removed ones too. */
  read: (name: string, id: string, ctx: Ctx): Promise<RecordOut> =>
    readRecord(ctx, place().entity(name), id, { removed: true }),
  convert: (ctx: Ctx, id: string, input: Record<string, unknown>): Promise<VerbResult> =>
    runVerb(ctx, place().entity('lead'), leadConvert, id, input),
  /** Of everything that is stored, to tell whether anything was written. */
  prints: () => fingerprint(place().system.db, place().system.workspace.schema),
});

/** The id of what a conversion made or took in a section. */
export const made = (result: VerbResult, section: string): string =>
  result.made.find((each) => each.section === section)?.id ?? '';
