import { fieldType } from '../../fields/index.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { FoundMatch, FoundRecord } from '../../model/search.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { readEnv } from '../record/codec.ts';
import { excerpt, markedIn } from './marks.ts';
import type { SearchQuery } from './search-query.ts';
import { isIndexed, textsIn } from './words.ts';

/** The fields whose words the index holds and the reader may see. */
export const seenFields = (ctx: Ctx, entity: Entity): readonly Field[] => {
  const seen = readableFields(ctx, entity);
  return [...new Set([entity.title, ...entity.search])].flatMap((name) => {
    const field = Object.hasOwn(seen, name) ? seen[name] : undefined;
    return field && isIndexed(field) ? [field] : [];
  });
};

/**
 * Why a record was found: the places in its title, and where the title doesn't tell all of it, the other field that
 * tells most. Only fields that the reader may see are looked at.
 */
export function matchedPart(
  ctx: Ctx,
  o: {
    readonly entity: Entity;
    readonly title: string;
    readonly row: Readonly<Record<string, unknown>>;
    readonly query: SearchQuery;
  },
): Pick<FoundRecord, 'marks' | 'match'> & { readonly meant: string | null } {
  const inTitle = markedIn(o.title, o.query);
  let best: FoundMatch | null = null;
  let most = 0;
  // Once every term is told, no further field tells more.
  const untold = new Set(o.query.flat().map(({ typed }) => typed)).size - inTitle.terms.size;
  for (const field of seenFields(ctx, o.entity)) {
    if (most >= untold) break;
    if (field.name === o.entity.title) continue;
    for (const text of textsOf(ctx, field, o.row)) {
      const { marks, terms } = markedIn(text, o.query);
      const more = [...terms].filter((term) => !inTitle.terms.has(term)).length;
      if (more <= most) continue;
      most = more;
      best = { field: field.name, ...excerpt(text, marks) };
    }
  }
  const [from, to] = inTitle.marks[0] ?? [0, 0];
  const [other, end] = best?.marks[0] ?? [0, 0];
  return {
    marks: inTitle.marks,
    match: best,
    meant: o.title.slice(from, to) || best?.text.slice(other, end) || null,
  };
}

/** A value as a person reads it; then, where that leaves something out, its texts as they are kept. */
function textsOf(ctx: Ctx, field: Field, row: Readonly<Record<string, unknown>>): readonly string[] {
  const type = fieldType(field.type);
  const value = type.fromRow(row, field);
  if (value === null || value === undefined || type.target) return [];
  return [...new Set([type.toText(value, field, readEnv(ctx)), ...textsIn(value)])];
}
