import { tell } from '../../lib/message.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { ReferenceValue, Values } from '../../model/record.ts';
import type { DeclaredVerb } from '../../model/verb.ts';
import type { VerbOffer } from '../../model/verb-offer.ts';
import { mayEver } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { valueTeller } from '../events/tell-values.ts';
import { titlesOf } from '../query/titles.ts';
import { lockRecords } from '../record/lock.ts';
import { isAvailable } from './availability.ts';
import { proposalOf } from './verb-env.ts';

/** What a verb would start with for a record: whether it can be done, and the values its form shows at first. */
export async function offerVerb(
  ctx: Ctx,
  entity: Entity,
  verb: DeclaredVerb,
  id: string,
): Promise<VerbOffer> {
  const values = (await lockRecords(ctx, entity, [id], verb.needs)).get(id) as Values;
  const proposal = proposalOf(ctx, entity, verb, values);
  const available = isAvailable(ctx, entity, verb, values);
  const sections = await Promise.all(
    Object.entries(verb.sections).map(async ([name, section]) => {
      const target = entityOf(ctx.workspace.model, section.entity);
      const { wanted, values: offered, existing } = proposal(name);
      const known = section.takesExisting && existing ? await labelled(ctx, target, existing) : null;
      return [
        name,
        {
          wanted: wanted && (known !== null || mayEver(ctx, target, 'create')),
          values: await told(ctx, target, offered),
          existing: known,
        },
      ] as const;
    }),
  );
  return {
    available,
    reason: available || !verb.available ? null : tell(ctx.locale, verb.available.otherwise),
    sections: Object.fromEntries(sections),
  };
}

/** A record with its label; null when the asker doesn't see it. */
async function labelled(ctx: Ctx, entity: Entity, id: string): Promise<ReferenceValue | null> {
  const titleOf = await titlesOf(ctx, [{ entity: entity.name, id }]);
  const label = titleOf(entity.name, id);
  return label === null ? null : { id, label };
}

/** Values as doors answer them, references with their labels. */
async function told(ctx: Ctx, entity: Entity, values: Values): Promise<Values> {
  const fields = readableFields(ctx, entity);
  const seen = Object.entries(values).filter(([name]) => Object.hasOwn(fields, name));
  const teller = await valueTeller(
    ctx,
    fields,
    seen.map(([name, value]) => [name, [null, value]] as const),
  );
  return Object.fromEntries(seen.map(([name, value]) => [name, teller.value(name, value)]));
}
