import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import type { Draft } from '../record/draft.ts';
import type { Sought } from './candidates.ts';
import { type Facing, facingsFor } from './facing.ts';
import { findAlikeAnywhere } from './find-alike.ts';
import { tellAlike } from './find-duplicates.ts';
import { findEarlier } from './find-earlier.ts';
import { lookUpsOf } from './look-ups.ts';

const thereAlready = message(
  'duplicate',
  '{label}: this may be there already. Take the record that is meant, or send it again without “onDuplicate=refuse” to create it all the same.',
  '{label} : cette fiche existe peut-être déjà. Prenez celle qui convient, ou renvoyez-la sans « onDuplicate=refuse » pour la créer quand même.',
  '{label}: este registro quizá ya exista. Tome el que corresponda, o envíelo de nuevo sin «onDuplicate=refuse» para crearlo de todos modos.',
);

/** Records like one that are told. */
const most = 6;

/** Locks that one transaction takes of all that is compared with one another; a power of two. */
const mostLocks = 64;

/**
 * Refuses new records, where their asker wants that, which may be there already or come twice, with what they may be.
 * In a transaction: two who write the same at once wait for one another, so that the second is refused.
 */
export async function refuseDuplicates(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  // What rules add follows from what somebody asked for; it isn't theirs to decide on.
  if (!ctx.refusesDuplicates || ctx.door === 'rule') return;
  const facings = facingsFor(ctx, entity);
  const [itself] = facings;
  if (!itself || drafts.some(({ mistakes }) => mistakes.length > 0)) return;
  const sought = drafts.map(({ after }) => ({ id: null, values: after }));
  await holdTexts(ctx, facings, sought);
  const found = await findAlikeAnywhere(ctx, facings, sought, [ctx.madeFrom ?? null]);
  const earlier = findEarlier(
    itself.comparing,
    sought.map(({ values }) => values),
  );
  const duplicates = [];
  for (const place of drafts.keys()) {
    const [alike = [], before = []] = [found[place], earlier[place]];
    if (alike.length + before.length === 0) continue;
    const items = await tellAlike(ctx, alike.slice(0, most));
    duplicates.push({ entity: entity.name, place, items, earlier: before.slice(0, most) });
  }
  if (duplicates.length === 0) return;
  const params = { label: entity.label.one };
  throw new Problem('duplicate', { message: thereAlready, params, extra: { duplicates } });
}

/**
 * Locks held to the end of the transaction, taken in one order by everybody. Texts share so many of them: a lock for
 * each text of a thousand records would fill what the database server has for the locks of everybody.
 */
async function holdTexts(ctx: Ctx, facings: readonly Facing[], sought: readonly Sought[]): Promise<void> {
  const held = facings.flatMap(({ pairs, comparing }) =>
    sought.flatMap(({ values }) => lookUpsOf(comparing, values).map(({ text }) => ({ pairs, text }))),
  );
  const name = `duplicates ${ctx.workspace.schema} `;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}::text || pairs || ' ' || part, 0))
    from (select distinct pairs collate "C" as pairs, hashtext(text) & ${sql.lit(mostLocks - 1)} as part
      from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as u(pairs text, text text)) parts
    order by pairs, part`.execute(ctx.db);
}
