import { message } from '../../lib/message.ts';
import type { ExpressionMistake } from '../mistakes.ts';
import { isUnresolved, resolvePath, type Scope } from '../scope.ts';
import { limits } from '../syntax.ts';
import { type LnToken, lnTokens } from './tokens.ts';

/** What the names of LN's notation are called here; null where they mean nothing. */
export interface LnNames {
  /** `tccom100.nama` as a path: `name`. */
  field(name: string): string | null;
  /** `(R, segment)` as a path. */
  attribute(object: string, name: string): string | null;
  /** `(R, ...)`: the paths of all text attributes. */
  attributes(object: string): readonly string[];
}

/** A piece of the translation and where it comes from. */
export interface LnPiece {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** True of what `readLn` answers for a text it can't read. */
export const isLnMistake = (read: readonly LnPiece[] | ExpressionMistake): read is ExpressionMistake =>
  !Array.isArray(read);

/** Translates LN's notation into pieces of our own; null when it holds nothing but comments. */
export function readLn(
  text: string,
  scope: Scope,
  names: LnNames,
): readonly LnPiece[] | ExpressionMistake | null {
  const tokens = lnTokens(text);
  if (tokens.length === 1) return null;
  try {
    const reader = new Reading(tokens, scope, names);
    const read = reader.or(0);
    return reader.done() ? read.pieces : unexpected(reader.next());
  } catch (error) {
    if (error instanceof Unread) return error.mistake;
    throw error;
  }
}

const lnMessages = {
  unexpected: message(
    'ln-unexpected',
    '“{found}” isn’t expected here',
    '«\u00a0{found}\u00a0» n’est pas attendu ici',
    '«{found}» no se espera aquí',
  ),
  unknown: message(
    'ln-unknown-name',
    '“{found}” names no field or attribute',
    '«\u00a0{found}\u00a0» ne désigne ni un champ ni un attribut',
    '«{found}» no designa ningún campo ni atributo',
  ),
  tooDeep: message(
    'ln-too-deep',
    'The expression is nested too deeply',
    'L’expression est trop imbriquée',
    'La expresión está demasiado anidada',
  ),
} as const;

class Unread extends Error {
  readonly mistake: ExpressionMistake;
  constructor(mistake: ExpressionMistake) {
    super('not read');
    this.mistake = mistake;
  }
}

const mistakeAt = (token: LnToken, said: ExpressionMistake['message']): ExpressionMistake => ({
  from: token.from,
  to: token.to,
  message: said,
  params: { found: token.text.slice(0, 80) },
  suggestions: [],
});

const unexpected = (token: LnToken): ExpressionMistake => mistakeAt(token, lnMessages.unexpected);

/** A part read: its pieces, and whether it is a text, which LN compares as typed. */
interface Part {
  readonly pieces: readonly LnPiece[];
  readonly isText: boolean;
  /** True of a field or attribute. */
  readonly isPath?: true;
  /** Several paths of which any may fit: `(R, ...)`. */
  readonly paths?: readonly string[];
}

const relations: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);

class Reading {
  readonly #tokens: readonly LnToken[];
  readonly #scope: Scope;
  readonly #names: LnNames;
  #at = 0;

  constructor(tokens: readonly LnToken[], scope: Scope, names: LnNames) {
    this.#tokens = tokens;
    this.#scope = scope;
    this.#names = names;
  }

  next(ahead = 0): LnToken {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as LnToken;
  }

  done(): boolean {
    return this.next().kind === 'end';
  }

  or(depth: number): Part {
    if (depth > limits.depth) throw new Unread(mistakeAt(this.next(), lnMessages.tooDeep));
    return this.#joined('or', () => this.#joined('and', () => this.#not(depth)));
  }

  #joined(word: string, part: () => Part): Part {
    const first = part();
    const pieces = [...first.pieces];
    while (this.#isWord(word)) pieces.push(this.#take(word), ...part().pieces);
    return pieces.length === first.pieces.length ? first : { pieces, isText: false };
  }

  #not(depth: number): Part {
    if (!this.#isWord('not')) return this.#relation(depth);
    if (depth > limits.depth) throw new Unread(mistakeAt(this.next(), lnMessages.tooDeep));
    return { pieces: [this.#take('not'), ...this.#not(depth + 1).pieces], isText: false };
  }

  #relation(depth: number): Part {
    const left = this.#sum(depth);
    if (this.#isWord('in')) return this.#in(left);
    if (!relations.has(this.next().text)) return left;
    const sign = this.#take(this.next().text);
    const right = this.#sum(depth);
    // LN compares texts as they were typed; codes and dates are written as texts too.
    const side =
      [left, right].find((part) => part.isText && part.isPath) ?? (left.isText && right.isText ? left : null);
    const pieces = [...typed(left, side === left), sign, ...typed(right, side === right)];
    return { pieces, isText: false };
  }

  #in(left: Part): Part {
    const word = this.#take('in');
    const next = this.next();
    if (next.kind === 'text') {
      const pattern = this.#take(next.text);
      const around = (text: string): LnPiece => ({ ...word, text });
      const one = (pieces: readonly LnPiece[]): readonly LnPiece[] => [
        around('matches('),
        ...pieces,
        around(','),
        pattern,
        around(')'),
      ];
      if (!left.paths) return { pieces: one(typed(left, true)), isText: false };
      const each = left.paths.flatMap((path, at) => [
        ...(at > 0 ? [around('or')] : []),
        ...one([around(`exact(${path})`)]),
      ]);
      return {
        pieces: [around('('), ...(each.length > 0 ? each : [around('false')]), around(')')],
        isText: false,
      };
    }
    const ranges: LnPiece[] = [];
    while (this.next().text === '(') {
      const open = this.#take(ranges.length === 0 ? '(' : ',');
      ranges.push(open, ...this.#bound(), this.#take('..', ','), ...this.#bound());
      this.#take(')', ')');
    }
    if (ranges.length === 0) throw new Unread(unexpected(next));
    return { pieces: [...left.pieces, word, ...ranges, { ...word, text: ')' }], isText: false };
  }

  #bound(): readonly LnPiece[] {
    const sign = this.next().text === '-' ? [this.#take('-')] : [];
    if (this.next().kind !== 'number') throw new Unread(unexpected(this.next()));
    return [...sign, this.#take(this.next().text)];
  }

  #sum(depth: number): Part {
    return this.#operated(['+', '-'], () => this.#operated(['*', '/', '\\'], () => this.#factor(depth)));
  }

  #operated(signs: readonly string[], part: () => Part): Part {
    const first = part();
    let pieces = first.pieces;
    while (signs.includes(this.next().text)) {
      const token = this.next();
      if (token.text !== '\\') {
        pieces = [...pieces, this.#take(token.text), ...part().pieces];
        continue;
      }
      const comma = this.#take(',');
      pieces = [{ ...comma, text: 'mod(' }, ...pieces, comma, ...part().pieces, { ...comma, text: ')' }];
    }
    return pieces === first.pieces ? first : { pieces, isText: false };
  }

  #factor(depth: number): Part {
    const token = this.next();
    if (token.text === '-')
      return { pieces: [this.#take('-'), ...this.#factor(depth).pieces], isText: false };
    if (token.kind === 'number') return { pieces: [this.#take(token.text)], isText: false };
    if (token.kind === 'text') return { pieces: [this.#take(token.text)], isText: true };
    if (token.text === '(') return this.#isAttribute() ? this.#attribute() : this.#group(depth);
    if (token.kind !== 'name' || /^(?:and|or|not|in)$/i.test(token.text)) throw new Unread(unexpected(token));
    if (token.text.toLowerCase() === 'today') return { pieces: [this.#take('today')], isText: false };
    if (token.text.toLowerCase() === 'date' && this.next(1).text === '(') return this.#date();
    return this.#path(this.#names.field(token.text), token, 1);
  }

  #group(depth: number): Part {
    const open = this.#take('(');
    const inner = this.or(depth + 1);
    return { pieces: [open, ...inner.pieces, this.#take(')', ')')], isText: inner.isText };
  }

  #isAttribute(): boolean {
    return this.next(1).kind === 'name' && this.next(2).text === ',';
  }

  #attribute(): Part {
    const [open, object, name, close] = [this.next(), this.next(1), this.next(3), this.next(4)];
    const whole: LnToken = {
      kind: 'name',
      text: `(${object.text}, ${name.text})`,
      from: open.from,
      to: close.to,
    };
    if (close.text !== ')') throw new Unread(unexpected(close));
    if (name.text !== '...') return this.#path(this.#names.attribute(object.text, name.text), whole, 5);
    this.#at += 5;
    return {
      pieces: [{ ...whole, text: 'false' }],
      isText: true,
      paths: this.#names.attributes(object.text),
    };
  }

  #date(): Part {
    const [name, , text, close] = [this.next(), this.next(1), this.next(2), this.next(3)];
    if (!/^"\d{4}-\d\d-\d\d"$/.test(text.text) || close.text !== ')') throw new Unread(unexpected(text));
    this.#at += 4;
    return { pieces: [{ text: text.text.slice(1, -1), from: name.from, to: close.to }], isText: false };
  }

  #path(path: string | null, token: LnToken, tokens: number): Part {
    const found = path === null ? null : resolvePath(path.split('.'), this.#scope);
    if (path === null || found === null || isUnresolved(found))
      throw new Unread(mistakeAt(token, lnMessages.unknown));
    this.#at += tokens;
    return {
      pieces: [{ text: path, from: token.from, to: token.to }],
      isText: found.kind === 'text',
      isPath: true,
    };
  }

  #isWord(word: string): boolean {
    return this.next().kind === 'name' && this.next().text.toLowerCase() === word;
  }

  /** Takes the next token as a piece written `text`; refuses another one than `wanted`. */
  #take(text: string, wanted?: string): LnPiece {
    const token = this.next();
    if (wanted !== undefined && token.text !== wanted) throw new Unread(unexpected(token));
    this.#at += 1;
    return { text, from: token.from, to: token.to };
  }
}

/** A text as it was typed, as LN compares it. */
function typed(part: Part, exact: boolean): readonly LnPiece[] {
  const [first] = part.pieces;
  if (!exact || !first) return part.pieces;
  const last = part.pieces.at(-1) ?? first;
  return [{ ...first, text: 'exact(' }, ...part.pieces, { ...last, text: ')' }];
}
