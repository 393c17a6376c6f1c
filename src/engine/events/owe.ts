import { type RawBuilder, sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { Verb } from '../../model/event.ts';
import type { Subscriber } from '../../model/subscriber.ts';
import type { Ctx } from '../ctx.ts';

/** What of a write decides who is told. */
interface Owed {
  readonly draft: { readonly verb: Verb };
}

/** Puts what `logged` holds into the outbox of each subscriber that wants it; null when nobody does. */
export function deliverySql(ctx: Ctx, entity: Entity, writes: readonly Owed[]): RawBuilder<unknown> | null {
  const verbs = new Set(writes.map(({ draft }) => draft.verb));
  const wanted = [...ctx.workspace.model.subscribers.values()].flatMap((subscriber) =>
    [...verbs].filter((verb) => wants(subscriber, entity.name, verb)).map((verb) => [subscriber.name, verb]),
  );
  if (wanted.length === 0) return null;
  const pairs = sql.join(wanted.map(([name, verb]) => sql`(${name}::text, ${verb}::text)`));
  return sql`insert into ${sql.id(ctx.workspace.schema, 'delivery')} (subscriber, event, at, entity, record, version)
    select w.subscriber, l.id, l.at, l.entity, l.record, l.version
    from logged l join (values ${pairs}) w(subscriber, verb) on w.verb = l.verb`;
}

const wants = (subscriber: Subscriber, entity: string, verb: Verb): boolean =>
  subscriber.on.some((each) => each.entity === entity && (each.verbs?.includes(verb) ?? true));
