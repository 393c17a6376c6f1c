import { fieldType } from '../../fields/index.ts';
import { locales } from '../../lib/locale.ts';
import type { Entity } from '../../model/entity.ts';
import type { ColumnMapping, ImportMapping } from '../../model/import.ts';
import type { Ctx } from '../ctx.ts';
import { meaning, sameMeaning, squash } from './header-words.ts';
import type { TableSample } from './read/table-reader.ts';
import { sniffDateOrder, sniffDecimal } from './sniff.ts';
import type { Target } from './targets.ts';

/** A target a header may mean: the better the fewer words had to be explained away. */
interface Candidate {
  readonly to: string;
  readonly score: number;
  readonly by?: 'key';
}

/** Headers that are the key of a row whatever the file holds. */
const keyWords = new Set([
  'id',
  'key',
  'externalid',
  'recordid',
  'uid',
  'cle',
  'identifiant',
  'clave',
  'identificador',
  'externalkey',
  'cleexterne',
]);

/** Guesses where each column of a file goes, from its header and its cells. */
export function guessMapping(
  ctx: Ctx,
  entity: Entity,
  table: TableSample,
  targets: ReadonlyMap<string, Target>,
  source: string,
): ImportMapping {
  const { guesses, chosen } = guessTargets(entity, targets, table.headers);
  secondReferences(targets, table, guesses, chosen);
  if (!chosen.some((guess) => guess?.to === 'externalKey')) {
    const place = keyColumn(table, chosen);
    if (place !== null) chosen[place] = { to: 'externalKey', score: 1 };
  }
  const columns = table.headers.map((column, place): ColumnMapping => {
    const guess = chosen[place];
    return { column, to: guess?.to ?? null, ...(guess?.by ? { by: guess.by } : {}) };
  });
  return {
    source,
    match: matchOf(columns, targets),
    columns,
    decimal: sniffDecimal(table, columns, targets),
    dateOrder: sniffDateOrder(ctx, table, columns, targets),
  };
}

/** What each header may mean of an entity, and what is chosen when no target is given twice. */
export function guessTargets(
  entity: Entity,
  targets: ReadonlyMap<string, Target>,
  headers: readonly string[],
): { readonly guesses: readonly (Candidate | null)[]; readonly chosen: (Candidate | null)[] } {
  const words = vocabulary(entity, targets);
  const own = ownNames(targets);
  const taken = new Map<string, number>();
  const guesses = headers.map((header) => own.get(header) ?? bestOf(words, entity, header));
  // The better guess gets the target; a second column for it is left to a person.
  for (const [place, guess] of guesses.entries()) {
    const rival = guess ? taken.get(guess.to) : undefined;
    if (guess && (rival === undefined || guess.score > (guesses[rival]?.score ?? 0)))
      taken.set(guess.to, place);
  }
  const chosen = guesses.map((guess, place) => (guess && taken.get(guess.to) === place ? guess : null));
  return { guesses, chosen };
}

/** The system a file comes from, by the first word of its name: `npsp-accounts.csv` → `npsp`. */
export function sourceOf(fileName: string): string {
  const [word = ''] = fileName.replace(/\.[^.]*$/, '').split(/[-_ .]/);
  const source = word
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .slice(0, 60);
  return source === '' ? 'file' : source;
}

/** Rows are recognised by their key, else by an e-mail address, else by the first text that may tell them apart. */
function matchOf(columns: readonly ColumnMapping[], targets: ReadonlyMap<string, Target>): string {
  const filled = columns.flatMap(({ to }) => (to === null ? [] : (targets.get(to) ?? [])));
  const found =
    filled.find((target) => target.kind === 'key') ??
    filled.find((target) => target.isMatch && target.field?.unique) ??
    filled.find((target) => target.isMatch && target.field?.type === 'email');
  return found?.to ?? 'externalKey';
}

/** What one record of the entity is called, squashed: in our languages, and by other programs. */
export function calledBy(entity: Entity): readonly string[] {
  const own = [entity.name, ...locales.map((locale) => entity.label.one[locale])].map(squash);
  return [...new Set(own.flatMap((name) => [name, ...sameMeaning(meaning(name))]))];
}

/** What each target may be called: squashed words with how sure they are. */
function vocabulary(entity: Entity, targets: ReadonlyMap<string, Target>): ReadonlyMap<string, Candidate> {
  const words = new Map<string, Candidate>();
  const add = (word: string, candidate: Candidate): void => {
    const known = words.get(word);
    if (word !== '' && (!known || known.score < candidate.score)) words.set(word, candidate);
  };
  const own = calledBy(entity);
  const texts = [...targets.values()].filter(({ field, kind }) => kind === 'field' && field?.type === 'text');
  // `Account Name` is the record of that name, unless a text of the entity is called so.
  const isText = (word: string): boolean =>
    texts.some(({ field }) => field && sameMeaning(meaning(squash(field.name))).includes(word));
  const firstAddress = [...targets.values()].find((target) => target.part === 'postalCode')?.field?.name;
  for (const target of targets.values()) {
    const { field, to } = target;
    if (!field || target.kind === 'link') continue;
    if (target.kind === 'part') {
      const score = field.type === 'person-name' ? 10 : 3;
      for (const word of partWords(target, field.name === firstAddress)) add(word, { to, score });
      continue;
    }
    const isReference = target.names.length > 0;
    // `Street` is the street of an address, though an address alone may be called so in other programs.
    const parts = new Set(Object.keys(fieldType(field.type).textParts?.(field) ?? {}).map(squash));
    const names = [field.name, ...locales.map((locale) => field.label[locale])].map(squash);
    names.forEach((name, index) => {
      // A thing's name is no person's, though `Nombre` and `Nom` are both.
      const isPersons = ['firstname', 'lastname'].includes(meaning(name));
      for (const word of isPersons ? [name] : sameMeaning(meaning(name))) {
        if (parts.has(word) && word !== name) continue;
        const score = (word === name ? 8 : 5) + (index === 0 ? 1 : 0);
        add(word, { to, score });
        if (isReference) {
          add(`${word}id`, { to, score: score + 1, by: 'key' });
          add(`id${word}`, { to, score, by: 'key' });
          if (!isText(`${word}name`)) add(`${word}name`, { to, score: score - 1 });
        } else for (const prefix of own) add(`${prefix}${word}`, { to, score: score - 1 });
      }
    });
  }
  for (const prefix of own) {
    for (const word of [`${prefix}id`, `id${prefix}`, `${prefix}key`])
      add(word, { to: 'externalKey', score: 20 });
  }
  for (const word of keyWords) add(word, { to: 'externalKey', score: 20 });
  return words;
}

/** A part is called by itself, or after its field: `City`, `Billing City`, `Ville de facturation`. */
function partWords(target: Target, isFirst: boolean): readonly string[] {
  const { field, part } = target;
  if (!field) return [];
  const names = [part, ...Object.values(target.label).map((label) => label.split(' · ')[1] ?? '')];
  const parts = new Set(names.map(squash).flatMap((name) => [name, ...sameMeaning(meaning(name))]));
  const isName = ['first', 'middle', 'last'].includes(part);
  if (isName) for (const word of sameMeaning(`${part}name`)) parts.add(word);
  const fields = new Set(
    [field.name, ...Object.values(field.label)]
      .map((name) => squash(name).replace(/address$|^adresse(de)?|^direccion(de)?/, ''))
      .flatMap((name) => [name, ...sameMeaning(meaning(name))]),
  );
  const prefixes = ['', 'mailing', 'primary', 'home', 'business', 'work', 'other'];
  const words: string[] = [];
  for (const word of parts) {
    for (const name of fields)
      if (name !== '') words.push(`${name}${word}`, `${word}${name}`, `${word}de${name}`);
    if (isName || isFirst) words.push(...prefixes.map((prefix) => `${prefix}${word}`));
    if (field.type === 'money' && isFirst) words.push(word);
  }
  return words;
}

/** How our own exports call columns: by the target, or by its label in some language; `account.id` is a record. */
function ownNames(targets: ReadonlyMap<string, Target>): ReadonlyMap<string, Candidate> {
  const own = new Map<string, Candidate>();
  for (const { to, field, label, names } of targets.values()) {
    if (!field) continue;
    own.set(to, { to, score: 15 });
    if (names.length > 0) own.set(`${to}.id`, { to, score: 16 });
    // Of JSON, where values that are objects become a column for each member.
    const member = names.length > 0 ? 'label' : fieldType(field.type).ownMember;
    if (member !== undefined) own.set(`${to}.${member}`, { to, score: 15 });
    for (const said of Object.values(label)) {
      if (said.includes(' · ')) own.set(said, { to, score: 15 });
      if (names.length > 0) own.set(`${said} · id`, { to, score: 16 });
    }
  }
  return own;
}

function bestOf(words: ReadonlyMap<string, Candidate>, entity: Entity, header: string): Candidate | null {
  const word = squash(header);
  const found = words.get(word);
  if (found) return found;
  // `Primary Affiliation Account ID`: what is said last counts, what stands before it qualifies.
  const tokens = header.split(/[^\p{L}\p{N}]+/u).filter((token) => token !== '');
  for (let from = 1; from < tokens.length && tokens.length > 2; from += 1) {
    const rest = squash(tokens.slice(from).join(' '));
    const candidate = words.get(rest);
    if (candidate?.by === 'key' && !squash(entity.name).includes(rest.replace(/id$/, '')))
      return { ...candidate, score: candidate.score - 3 };
  }
  return null;
}

/**
 * Two columns that name records of one entity: the one called primary is the record's own reference, the other
 * makes a further link.
 */
function secondReferences(
  targets: ReadonlyMap<string, Target>,
  table: TableSample,
  guesses: readonly (Candidate | null)[],
  chosen: (Candidate | null)[],
): void {
  for (const target of targets.values()) {
    if (target.kind !== 'link' || !target.link?.mirror || target.to.endsWith(':primary')) continue;
    const mirror = target.link.mirror;
    const places = guesses.flatMap((guess, place) =>
      guess?.to === mirror && guess.by === 'key' ? [place] : [],
    );
    const [first, second] = places;
    if (first === undefined || second === undefined) continue;
    const isPrimary = (place: number): boolean => /primary|main|princip/i.test(table.headers[place] ?? '');
    const own = places.find(isPrimary) ?? first;
    const other = own === first ? second : first;
    chosen[own] = { to: mirror, score: 9, by: 'key' };
    chosen[other] = { to: target.to, score: 9, by: 'key' };
  }
}

/** A column called an id whose cells are all filled and different, where no other column is the key. */
function keyColumn(table: TableSample, chosen: readonly (Candidate | null)[]): number | null {
  const place = table.headers.findIndex((header, index) => {
    if (chosen[index] || !/(^|[^a-z])(id|key|uid)$|(Id|ID)$/.test(header)) return false;
    const cells = table.rows.map(({ cells: row }) => (row[index] ?? '').trim());
    return cells.every((cell) => cell !== '') && new Set(cells).size === cells.length;
  });
  return place < 0 ? null : place;
}
