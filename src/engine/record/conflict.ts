import { sql } from 'kysely';
import { type Message, message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Changes } from '../../model/event.ts';
import type { Values } from '../../model/record.ts';
import { sameValue } from '../../model/rule.ts';
import type { Ctx } from '../ctx.ts';
import { actorName } from '../events/stands-in-the-way.ts';
import { isHidden } from './read-input.ts';

const sameField = message(
  'stale-version',
  'Somebody else changed {fields} since you read this record. Look at both values and save again with version {version}.',
  'Quelqu’un a modifié {fields} depuis votre lecture. Comparez les deux valeurs et enregistrez à nouveau avec la version {version}.',
  'Otra persona cambió {fields} desde que leyó este registro. Compare ambos valores y guarde de nuevo con la versión {version}.',
);
const changedMeanwhile = message(
  'stale-removal',
  'Somebody else changed {fields} since you read this record. Look at it again before you remove version {version}.',
  'Quelqu’un a modifié {fields} depuis votre lecture. Revoyez la fiche avant d’en supprimer la version {version}.',
  'Otra persona cambió {fields} desde que leyó este registro. Vuelva a mirarlo antes de eliminar la versión {version}.',
);
const futureVersion = message(
  'unknown-version',
  'This record has version {current}; version {version} doesn’t exist yet. Read it again.',
  'Cette fiche est en version {current} ; la version {version} n’existe pas encore. Relisez-la.',
  'Este registro está en la versión {current}; la versión {version} todavía no existe. Vuelva a leerlo.',
);

/** Both values of a field that two people changed. */
interface Conflict {
  readonly field: string;
  readonly yours: unknown;
  readonly theirs: unknown;
  readonly by: { readonly id: string; readonly label: string | null } | null;
  readonly at: string;
}

/**
 * Lets a write based on an older version through when it touches other fields than those changed since;
 * refuses it with both values when it touches the same.
 */
export async function refuseStale(
  ctx: Ctx,
  entity: Entity,
  o: {
    readonly id: string;
    readonly version: number;
    readonly stored: Values;
    /** Null when the record is to be removed: then any change since stands in the way. */
    readonly wanted: Values | null;
    /** What is told instead, of what was changed since. */
    readonly said?: Message;
  },
): Promise<void> {
  const current = Number(o.stored.version);
  if (o.version === current) return;
  if (o.version > current) {
    throw new Problem('conflict', {
      message: futureVersion,
      params: { current, version: o.version },
      extra: { version: current },
    });
  }
  const schema = ctx.workspace.schema;
  const { rows } = await sql<{ at: Date; changes: Changes; actor: string | null; name: string | null }>`
    select e.at, e.changes, e.actor, ${actorName(ctx, 'e.actor')} as name from ${sql.id(schema, 'event')} e
    where e.entity = ${entity.name} and e.record = ${o.id} and e.version > ${o.version} order by e.version`.execute(
    ctx.db,
  );
  const conflicts = new Map<string, Conflict>();
  for (const event of rows) {
    for (const field of Object.keys(event.changes)) {
      if (isHidden(ctx, entity, field)) continue;
      const yours = o.wanted?.[field] ?? null;
      if (o.wanted && (!(field in o.wanted) || sameValue(yours, o.stored[field] ?? null))) continue;
      conflicts.set(field, {
        field,
        yours,
        theirs: o.stored[field] ?? null,
        by: event.actor ? { id: event.actor, label: event.name } : null,
        at: event.at.toISOString(),
      });
    }
  }
  if (conflicts.size === 0) return;
  const fields = [...conflicts.keys()]
    .map((name) => entity.fields[name]?.label[ctx.locale] ?? name)
    .join(', ');
  throw new Problem('conflict', {
    message: o.said ?? (o.wanted ? sameField : changedMeanwhile),
    params: { fields, version: current },
    extra: { version: current, conflicts: [...conflicts.values()] },
  });
}
