import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import { administrator } from '../../model/access.ts';
import type { Entity } from '../../model/entity.ts';
import type { Changes, Door, Verb } from '../../model/event.ts';
import { isMergeMark, mergeMarks } from '../../model/merge.ts';
import type { Values } from '../../model/record.ts';
import { sameValue } from '../../model/rule.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import type { Draft, ExternalKey } from '../record/draft.ts';
import { notYours } from '../record/lock.ts';
import { mayPutBack, type Standing } from './may-undo.ts';
import { authorOf } from './stands-in-the-way.ts';

const changedSince = message(
  'changed-since',
  'Changed since by {who}: {fields}.',
  'Modifié depuis par {who} : {fields}.',
  'Modificado después por {who}: {fields}.',
);

const unseenSince = message(
  'changed-since-unseen',
  'Changed since by {who}, in something that your roles don’t show you.',
  'Modifié depuis par {who}, dans ce que vos rôles ne vous montrent pas.',
  'Modificado después por {who}, en algo que sus roles no le muestran.',
);

/** An event of a record that is to be put back, or a later one that may stand in the way. */
export interface Logged {
  readonly record: string;
  readonly verb: Verb;
  readonly version: number;
  readonly door: Door;
  readonly changes: Changes;
  readonly batch: string | null;
  readonly actor: string | null;
  readonly actor_name: string | null;
}

/** The draft that puts one record back as it was before a batch; null when nothing is left to do. */
export function reverse(
  ctx: Ctx,
  entity: Entity,
  o: {
    readonly batch: string;
    readonly standing: Standing;
    /** Of this record, by version, from the batch's first one on. */
    readonly events: readonly Logged[];
    readonly keys: readonly ExternalKey[];
  },
): Draft | null {
  const { batch, standing, events } = o;
  const { id } = standing;
  const own = events.filter((event) => event.batch === batch);
  const stored = withMergedFrom(standing, own);
  const former = formerValues(own);
  const isCreated = own[0]?.verb === 'create';
  if (isCreated && stored.removedAt != null) return null;
  // An undo that was cut short and is taken up again finds some records as they were.
  if (
    !isCreated &&
    Object.entries(former).every(([name, value]) => sameValue(stored[name] ?? null, value ?? null))
  )
    return null;
  const after = isCreated ? { ...stored, removedAt: ctx.now.toISOString() } : { ...stored, ...former };
  const verb = verbOf(stored.removedAt ?? null, after.removedAt ?? null);
  const readable = readableFields(ctx, entity);
  // A field that is declared no more may have been a hidden one.
  const isTold = (field: string): boolean =>
    Object.hasOwn(readable, field) ||
    (ctx.who.roles.includes(administrator) && !Object.hasOwn(entity.fields, field));
  const mistakes = events.flatMap((event): Mistake[] => {
    if (event.batch === batch) return [];
    const fields = Object.keys(event.changes).filter(
      (field) =>
        !isMergeMark(field) && (isCreated || field in former) && standsInTheWay(field, event, own, stored),
    );
    if (fields.length === 0) return [];
    const who = authorOf(event);
    const seen = fields.filter(isTold);
    const params = { who, fields: labelsOf(ctx, entity, seen) };
    return seen.length > 0
      ? [{ field: seen[0] ?? '', message: changedSince, params }]
      : [{ field: '', message: unseenSince, params: { who } }];
  });
  // Whoever made a record may take it back untouched, even if he made it for somebody else; so may whoever did what it
  // followed from, if nothing of it was written by hand.
  const isConsequence = own.every(({ door }) => door === 'rule');
  if (!isCreated && !isConsequence && !mayPutBack(ctx, entity, standing, verb, after))
    mistakes.push({ field: '', message: notYours, params: { label: entity.label.one, id } });
  const keys = verb === 'restore' ? o.keys : [];
  const unlocked = isConsequence ? new Set(Object.keys(former)) : new Set<string>();
  return { id, verb, before: stored, after, given: new Set(), keys, mistakes, unlocked };
}

/** A record’s values, and which of the records that these events brought to it, or took from it, are with it now. */
function withMergedFrom({ values, mergedFrom }: Standing, own: readonly Logged[]): Values {
  const meant = own.flatMap(({ changes }) => (changes[mergeMarks.from] ?? []).flatMap((ids) => ids ?? []));
  const here = mergedFrom.filter((id) => meant.includes(id)).sort();
  return here.length > 0 ? { ...values, [mergeMarks.from]: here } : values;
}

/** The value each field had before the first of these events. */
function formerValues(events: readonly Logged[]): Readonly<Record<string, unknown>> {
  const former: Record<string, unknown> = {};
  for (const { changes } of events)
    for (const [field, [before]] of Object.entries(changes)) if (!(field in former)) former[field] = before;
  return former;
}

/**
 * Whether somebody else's change of a field still counts: one that was itself taken back, so that the field is again
 * as the batch left it, doesn't.
 */
function standsInTheWay(field: string, event: Logged, own: readonly Logged[], stored: Values): boolean {
  const last = own.findLast((each) => field in each.changes);
  if (last && event.version < last.version) return true;
  return !sameValue(stored[field] ?? null, last?.changes[field]?.[1] ?? null);
}

/** What a change of `removedAt` means. */
export function verbOf(before: unknown, after: unknown): Verb {
  if ((before === null) === (after === null)) return 'update';
  return after === null ? 'restore' : 'remove';
}

/** Fields as people call them. */
export const labelsOf = (ctx: Ctx, entity: Entity, fields: readonly string[]): string =>
  fields.map((field) => entity.fields[field]?.label[ctx.locale] ?? field).join(', ');
