import { fieldType } from '../../fields/index.ts';
import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import type { FoundGroup, FoundRecord, SearchResult } from '../../model/search.ts';
import { mayEver } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { serialPlaces, seriesOf } from '../numbers/series.ts';
import { type Hit, readHits } from './hits.ts';
import { wordsMeant } from './known-words.ts';
import { matchedPart, seenFields } from './matched-part.ts';
import {
  rankOf,
  readAddress,
  readAddressWords,
  readNumber,
  readSearch,
  type SearchQuery,
  typedWords,
  withMeant,
  withWhole,
} from './search-query.ts';
import { isIndexed, searchWords, wordsIn } from './words.ts';

const noEntity = message(
  'search-unknown-entity',
  'There is no entity “{name}”. Leave it out, or name one of: {names}.',
  'Il n’y a pas d’entité « {name} ». Retirez-la, ou indiquez l’une de : {names}.',
  'No hay ninguna entidad «{name}». Quítela o indique una de: {names}.',
);

const mostPerEntity = 200;
/** Records found that are looked at again, for who may not see every field that is searched. */
const mostLookedAtAgain = 1_000;
/** With fewer than so many hits by what was typed, mistakes in typing are forgiven. */
const enough = 10;

/**
 * Search by beginnings of words, accents and case ignored, by phone digits and record numbers, and where that finds
 * little, by words that may have been meant; only records the reader may read, by fields he may see. Best hits first:
 * words in full before their beginnings, titles before other fields, his own and the latest changed before others.
 * One statement, three where mistakes are forgiven, each with bounded work.
 */
export async function searchRecords(
  ctx: Ctx,
  text: string,
  o: { readonly entities?: readonly string[]; readonly limit?: number } = {},
): Promise<SearchResult> {
  refuseUnknown(ctx, o.entities ?? []);
  const address = readAddress(text);
  const query = address ? readAddressWords(text) : readSearch(text);
  const entities = [...ctx.workspace.model.entities.values()].filter(
    (entity) =>
      entity.search.length > 0 &&
      (!o.entities || o.entities.includes(entity.name)) &&
      mayEver(ctx, entity, 'read'),
  );
  if (query === null || entities.length === 0) return { groups: [], meant: null };
  const limit = Math.min(Math.max(Math.trunc(o.limit ?? 8), 1), mostPerEntity);
  const asked: Asked = { ctx, entities, limit, isChosen: o.entities !== undefined };
  const typed = await findTyped(asked, text, query, address);
  const isLittle = typed.length < enough && typed.length < entities.length * limit;
  const meant = isLittle ? await findMeant(asked, query, typed) : { found: [], meant: null };
  const found = [...typed, ...meant.found];
  const groups = entities.map((entity): FoundGroup => {
    const own = found.filter((one) => one.entity === entity);
    return {
      entity: entity.name,
      items: own.slice(0, limit).map(({ record }) => record),
      more: own.length > limit,
    };
  });
  const best = (name: string): number =>
    Math.min(...found.flatMap((one) => (one.entity.name === name ? [one.rank] : [])));
  return {
    groups: groups.filter(({ items }) => items.length > 0).sort((a, b) => best(a.entity) - best(b.entity)),
    meant: typed.length === 0 ? meant.meant : null,
  };
}

/** Refuses names of entities that there aren't; of those there are, none is told that the reader may not read. */
function refuseUnknown(ctx: Ctx, asked: readonly string[]): void {
  const { entities } = ctx.workspace.model;
  const unknown = asked.filter((name) => !entities.has(name));
  if (unknown.length === 0) return;
  const known = [...entities.values()].filter(
    (entity) => entity.search.length > 0 && mayEver(ctx, entity, 'read'),
  );
  const names = known.map(({ name }) => name);
  const mistakes = unknown.map((name) => ({
    field: 'entities',
    message: noEntity,
    params: { name: name.slice(0, 60), names: nearest(name, names) ?? names.join(', ') },
    value: name,
  }));
  throw new Problem('invalid', { mistakes });
}

interface Asked {
  readonly ctx: Ctx;
  readonly entities: readonly Entity[];
  readonly limit: number;
  /** The asker said which entities. */
  readonly isChosen: boolean;
  /** What is marked in the records, where that is written otherwise than what is looked for. */
  readonly shown?: SearchQuery;
}

interface FoundHere {
  readonly entity: Entity;
  readonly record: FoundRecord;
  readonly rank: number;
  /** The words of the record that the search is about. */
  readonly meant: string | null;
}

async function find(
  { ctx, entities, limit, isChosen, shown }: Asked,
  query: SearchQuery,
  near = false,
): Promise<FoundHere[]> {
  const isVeiled = entities.map((entity) => hasUnseenWords(ctx, entity));
  const limits = isVeiled.map((veiled) => (veiled ? mostLookedAtAgain : limit + 1));
  const hits = (await readHits(ctx, entities, query, { limits, isChosen })).flatMap((hit) => {
    const entity = entities[hit.entity];
    if (!entity || !isVeiled[hit.entity]) return entity ? [{ ...hit, entity }] : [];
    const rank = rankBySeen(ctx, entity, hit, query);
    return rank === null ? [] : [{ ...hit, entity, rank }];
  });
  return entities.flatMap((entity) =>
    hits
      .filter((hit) => hit.entity === entity)
      .sort((a, b) => a.rank - b.rank)
      .slice(0, limit + 1)
      .map(({ id, title, detail, rank, row }) => {
        const { meant, ...part } = matchedPart(ctx, {
          entity,
          title: title ?? '',
          row,
          query: shown ?? query,
        });
        const record = { id, title: title ?? '', detail: detail || null, near, ...part };
        return { entity, record, rank: near ? rank + nearRank : rank, meant };
      }),
  );
}

/** By its number or e-mail address a record is found at once; only where there is none, the same is taken for words. */
async function findTyped(
  asked: Asked,
  text: string,
  query: SearchQuery,
  address: SearchQuery | null,
): Promise<FoundHere[]> {
  const addressed = address ? await find({ ...asked, shown: query }, address) : [];
  if (addressed.length > 0) return addressed;
  const number = readNumber(text);
  const entities = number
    ? asked.entities.filter((entity) => isNumbered(asked.ctx, entity, number.prefix))
    : [];
  if (!number || entities.length === 0) return find(asked, query);
  const found = await find({ ...asked, entities, isChosen: true, shown: query }, number.query);
  return found.length > 0 ? found : find(asked, withWhole(query, number.prefix));
}

const isNumbered = (ctx: Ctx, entity: Entity, prefix: string): boolean =>
  serialPlaces(entity).some(
    (place) =>
      entity.search.includes(place.field.name) && wordsIn(seriesOf(ctx, place).prefix).join('') === prefix,
  );

const nearRank = 10;

/** Records found by words like those typed, without those found already. */
async function findMeant(
  asked: Asked,
  query: SearchQuery,
  already: readonly FoundHere[],
): Promise<{ readonly found: FoundHere[]; readonly meant: string | null }> {
  const words = await wordsMeant(asked.ctx, typedWords(query));
  if (words.size === 0) return { found: [], meant: null };
  const known = new Set(already.map(({ record }) => record.id));
  const limit = asked.limit + already.length;
  const found = (await find({ ...asked, limit }, withMeant(query, words), true)).filter(
    ({ record }) => !known.has(record.id),
  );
  const [best] = found.toSorted((a, b) => a.rank - b.rank);
  return { found, meant: best?.meant ?? null };
}

/** Whether the index of `entity` holds words of fields that the reader may not see. */
function hasUnseenWords(ctx: Ctx, entity: Entity): boolean {
  const seen = readableFields(ctx, entity);
  return entity.search.some((name) => {
    const field = entity.fields[name];
    return field !== undefined && isIndexed(field) && !Object.hasOwn(seen, name);
  });
}

/**
 * How well a record still matches by the words that the reader may see, null when it doesn't: the index is the same
 * for all, so who sees less is asked about again, or a search would tell him what he may not read.
 */
function rankBySeen(ctx: Ctx, entity: Entity, { row }: Hit, query: SearchQuery): number | null {
  const fields = seenFields(ctx, entity);
  const values: Values = Object.fromEntries(
    fields.map((field) => [field.name, fieldType(field.type).fromRow(row, field)]),
  );
  const names = new Set(fields.map(({ name }) => name));
  const seen = { ...entity, search: entity.search.filter((name) => names.has(name)) };
  return rankOf(query, searchWords(seen, values).words);
}
