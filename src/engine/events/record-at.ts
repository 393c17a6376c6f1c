import { dateFormat } from '../../lib/formats.ts';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { PastRecord } from '../../model/history.ts';
import { refuseReading } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { refuseMissing } from '../query/mistakes.ts';
import { placeOf } from '../query/place.ts';
import type { ReadOptions } from '../query/read.ts';
import { pastMoment } from './past-moment.ts';
import { readPast } from './read-past.ts';
import { valueTeller } from './tell-values.ts';

const notYet = message(
  'at-before-creation',
  'This record didn’t exist then: it was made on {when}.',
  'Cette fiche n’existait pas encore : elle a été créée le {when}.',
  'Este registro aún no existía: se creó el {when}.',
);
const forgotten = message(
  'at-before-log',
  'What this record was then is no longer known: its history is kept from {when} on.',
  'On ne sait plus ce qu’était cette fiche : son historique est conservé à partir du {when}.',
  'Ya no se sabe cómo era este registro: su historial se conserva desde el {when}.',
);
const inBin = message(
  'at-in-bin',
  'This record was in the bin then, since {when}. Ask with removed=1 to see it.',
  'Cette fiche était alors à la corbeille, depuis le {when}. Demandez-la avec removed=1 pour la voir.',
  'Este registro estaba entonces en la papelera, desde el {when}. Pídalo con removed=1 para verlo.',
);
const ownOnly = message(
  'at-own-fields',
  'As of a past moment only whole fields of the record itself can be had, and “{path}” isn’t one.',
  'À un moment passé, on n’a que des champs entiers de la fiche elle-même, et « {path} » n’en est pas un.',
  'En un momento pasado solo se obtienen campos enteros del propio registro, y «{path}» no lo es.',
);

/**
 * A record as it was at a past moment (`2026-03-03T14:02:00Z`, or a day for its end), as the reader may see it today:
 * his fields, and labels as they are now. Refused as not found before it was made, where the log no longer reaches,
 * and in the bin unless `removed`.
 */
export async function readRecordAt(
  ctx: Ctx,
  entity: Entity,
  id: string,
  at: string,
  o: ReadOptions = {},
): Promise<PastRecord> {
  refuseReading(ctx, entity);
  const moment = pastMoment(ctx, at);
  const chosen = chosenFields(ctx, entity, o.fields);
  const past = isId(id) ? await readPast(ctx, entity, id, moment) : null;
  if (!past) throw refuseMissing(entity, id);
  if (past.is === 'not-yet') throw refuse(ctx, notYet, past.since);
  if (past.is === 'forgotten') throw refuse(ctx, forgotten, past.since);
  const { values, last } = past;
  if (typeof values.removedAt === 'string' && !o.removed) throw refuse(ctx, inBin, values.removedAt);
  const fields = readableFields(ctx, entity);
  const stored = chosen.map((name) => [name, [values[name] ?? null, null]] as const);
  const tell = await valueTeller(ctx, fields, stored);
  return {
    ...Object.fromEntries(
      stored.map(([name, [value]]) => {
        const named = tell.value(name, value);
        // No references at all are an empty list, as in a record read now.
        return [name, fields[name]?.type === 'references' ? (named ?? []) : named];
      }),
    ),
    id,
    version: Number(values.version),
    // The past is nobody's to change.
    can: { update: false, remove: false },
    asOf: {
      at: moment,
      event: last && {
        id: last.id,
        at: new Date(last.at).toISOString(),
        actor: last.actor === null ? null : { id: last.actor, label: last.actor_name },
      },
    },
  };
}

function chosenFields(ctx: Ctx, entity: Entity, fields: readonly string[] | undefined): readonly string[] {
  if (!fields) return Object.keys(readableFields(ctx, entity));
  for (const path of fields) {
    const place = placeOf(ctx, entity, path, 'fields');
    if (place.through.length === 0 && place.part === '') continue;
    throw new Problem('invalid', {
      mistakes: [{ field: 'fields', message: ownOnly, params: { path }, value: path }],
    });
  }
  return fields;
}

function refuse(ctx: Ctx, said: typeof notYet, moment: string): Problem {
  const format = dateFormat(ctx.locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: ctx.timeZone,
  });
  const params = { when: format.format(new Date(moment)) };
  return new Problem('not-found', { message: said, params, extra: { since: moment } });
}
