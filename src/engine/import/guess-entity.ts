import { locales } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import { mayEver } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { calledBy, guessTargets } from './guess.ts';
import { squash } from './header-words.ts';
import { targetMap } from './plan.ts';

const nothingAllowed = message(
  'import-nothing-allowed',
  'Your roles don’t let you import anything.',
  'Vos rôles ne vous permettent de rien importer.',
  'Sus roles no le permiten importar nada.',
);

/** Which entity the rows of a file are of, and whether that can be taken for granted. */
export interface EntityGuess {
  readonly entity: Entity;
  /** Every needed column is there, and no other entity comes near. */
  readonly isSure: boolean;
}

/** How well a file fits an entity. */
interface Fit {
  readonly entity: Entity;
  /** How many headers are understood as its fields; doubtful ones count for less. */
  readonly understood: number;
  readonly missing: number;
  readonly isNamed: boolean;
  readonly ownKey: number;
}

/** What the best must have more than the next to be taken for granted. */
const lead = 0.15;
/** The part of the headers that must be understood of a file whose name says nothing. */
const enough = 0.3;

/** The entities that somebody may import into. */
const importableBy = (ctx: Ctx): readonly Entity[] =>
  [...ctx.workspace.model.entities.values()].filter(
    (entity) => entity.importable && mayEver(ctx, entity, 'import') && mayEver(ctx, entity, 'create'),
  );

/** The refusal of who may import nothing. */
export const mayNothing = (): Problem => new Problem('forbidden', { message: nothingAllowed });

/** Refuses who may import nothing. */
export function refuseWithoutRights(ctx: Ctx): void {
  if (importableBy(ctx).length === 0) throw mayNothing();
}

/**
 * Guesses which entity the rows of a file are of, from its headers and its name, among those that the asker may
 * import; null when he may import nothing. Something is always said; `isSure` tells whether to believe it unseen.
 */
export function guessEntity(
  ctx: Ctx,
  { fileName, headers }: { readonly fileName: string; readonly headers: readonly string[] },
): EntityGuess | null {
  const entities = importableBy(ctx);
  const named = namedBy(fileName, entities);
  const fits = entities.map((entity) => fitOf(ctx, entity, headers, named.has(entity)));
  const most = Math.max(1, ...fits.map(({ understood }) => understood));
  const scored = fits
    .map((fit) => ({ ...fit, score: scoreOf(fit, most) }))
    .sort((first, second) => second.score - first.score);
  const [best, next] = scored;
  if (!best) return null;
  const isClear = best.missing === 0 && best.score - (next?.score ?? 0) >= lead;
  const isNearby = best.isNamed || (named.size === 0 && best.understood >= headers.length * enough);
  return { entity: best.entity, isSure: best.understood > 0 && isClear && isNearby };
}

function fitOf(ctx: Ctx, entity: Entity, headers: readonly string[], isNamed: boolean): Fit {
  const { chosen } = guessTargets(entity, targetMap(ctx, entity), headers);
  const filled = chosen.flatMap((guess) => guess?.to ?? []);
  const isMissing = ({ name, required, readOnly, default: preset }: Field): boolean =>
    required &&
    !readOnly &&
    preset === null &&
    !filled.some((to) => to === name || to.startsWith(`${name}.`));
  return {
    entity,
    understood: chosen.reduce((sum, guess) => sum + Math.min(guess?.score ?? 0, 10) / 10, 0),
    missing: Object.values(entity.fields).filter(isMissing).length,
    isNamed,
    ownKey: ownKey(entity, headers),
  };
}

const scoreOf = (fit: Fit, most: number): number =>
  (fit.understood / most) * 0.6 ** fit.missing + (fit.isNamed ? 0.45 : 0) + 0.25 * fit.ownKey;

/** 1 when the first column is the entity's own id (`Contact ID`), less when a later one is: it may be a reference. */
function ownKey(entity: Entity, headers: readonly string[]): number {
  const own = calledBy(entity);
  const place = headers.findIndex((header) => {
    const word = squash(header);
    return own.some((name) => [`${name}id`, `id${name}`, `${name}key`].includes(word));
  });
  return place < 0 ? 0 : place === 0 ? 1 : 0.4;
}

/** The entities a file's name speaks of; of two names, one inside the other, only the longer one counts. */
function namedBy(fileName: string, entities: readonly Entity[]): ReadonlySet<Entity> {
  const words = fileName
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .map(squash)
    .filter((word) => word !== '');
  const spans = entities.flatMap((entity) => {
    const names = namesOf(entity);
    return words.flatMap((_, from) =>
      words.flatMap((_word, at) => {
        const to = at + 1;
        return to > from && singulars(words.slice(from, to).join('')).some((word) => names.has(word))
          ? [{ entity, from, to }]
          : [];
      }),
    );
  });
  const isInside = (span: (typeof spans)[number]): boolean =>
    spans.some(
      (other) =>
        other.from <= span.from && other.to >= span.to && other.to - other.from > span.to - span.from,
    );
  return new Set(spans.filter((span) => !isInside(span)).map(({ entity }) => entity));
}

/** Whether a squashed word is what some entity is called. */
export const isEntityWord = (ctx: Ctx, word: string): boolean =>
  importableBy(ctx).some((entity) => {
    const names = namesOf(entity);
    return singulars(word).some((each) => names.has(each));
  });

/** What an entity is called, one or many of it. */
function namesOf(entity: Entity): ReadonlySet<string> {
  const many = [entity.plural, ...locales.map((locale) => entity.label.many[locale])];
  return new Set([...calledBy(entity), ...many.map(squash)]);
}

/** A word with and without the endings of a plural: `companies` → `companies`, `company`, …. */
const singulars = (word: string): readonly string[] => [
  word,
  word.replace(/s$/, ''),
  word.replace(/es$/, ''),
  word.replace(/ies$/, 'y'),
];
