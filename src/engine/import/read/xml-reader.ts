import { brokenWorkbook } from './xlsx-refusals.ts';

/** What is told of a document as it is read; names come without their prefix. */
export interface XmlHandler {
  open(name: string, attributes: XmlAttributes): void;
  close(name: string): void;
  text(text: string): void;
}

/** The attributes of an element, looked up when asked for; undefined where there is none. */
export type XmlAttributes = (name: string) => string | undefined;

/** Letters that one tag may have. */
const longestTag = 1024 * 1024;

/**
 * Reads XML as it comes, in the part of it that office documents use: elements, attributes, texts, the five entities
 * and references to letters. Declared entities, by which a small document could become a large one, are refused.
 */
export function xmlReader(handler: XmlHandler): { push(text: string): void; end(): void } {
  let rest = '';
  const push = (text: string, isLast: boolean): void => {
    const all = rest === '' ? text : rest + text;
    let at = 0;
    while (at < all.length) {
      if (all[at] !== '<') {
        const end = all.indexOf('<', at);
        const stop = end < 0 ? wholeText(all, at, isLast) : end;
        if (stop > at) handler.text(unescaped(all.slice(at, stop)));
        at = stop;
        if (end < 0) break;
        continue;
      }
      const next = markup(handler, all, at);
      if (next < 0) break;
      at = next;
    }
    rest = all.slice(at);
    if (rest.length > longestTag || (isLast && rest.trim() !== '')) throw brokenWorkbook();
  };
  return { push: (text) => push(text, false), end: () => push('', true) };
}

/** Up to where text without markup may be told, leaving a reference that isn't whole. */
function wholeText(all: string, at: number, isLast: boolean): number {
  const reference = all.lastIndexOf('&');
  return isLast || reference < at || all.indexOf(';', reference) >= 0 ? all.length : reference;
}

/** Reads what begins with `<`; answers where it ends, or -1 when that is still to come. */
function markup(handler: XmlHandler, all: string, at: number): number {
  const second = all[at + 1];
  if (second === undefined) return -1;
  if (second === '!') return declaration(handler, all, at);
  if (second === '?') return behind(all, '?>', at);
  const end = tagEnd(all, at);
  if (end < 0) return -1;
  if (second === '/') {
    handler.close(localName(all.slice(at + 2, end).trim()));
    return end + 1;
  }
  const isEmpty = all[end - 1] === '/';
  const tag = all.slice(at + 1, isEmpty ? end - 1 : end);
  const space = tag.search(/\s/);
  const name = localName(space < 0 ? tag : tag.slice(0, space));
  handler.open(name, (wanted) => (space < 0 ? undefined : attributeOf(tag, space, wanted)));
  if (isEmpty) handler.close(name);
  return end + 1;
}

function declaration(handler: XmlHandler, all: string, at: number): number {
  if (all.startsWith('<!--', at)) return behind(all, '-->', at);
  const cdata = '<![CDATA[';
  if (all.startsWith(cdata, at)) {
    const end = behind(all, ']]>', at);
    if (end >= 0) handler.text(all.slice(at + cdata.length, end - 3));
    return end;
  }
  if (all.length - at < cdata.length) return -1;
  throw brokenWorkbook();
}

function behind(all: string, mark: string, at: number): number {
  const place = all.indexOf(mark, at);
  return place < 0 ? -1 : place + mark.length;
}

/** The `>` that ends a tag: not one within quotation marks. */
function tagEnd(all: string, at: number): number {
  let quote = '';
  for (let place = at + 1; place < all.length; place += 1) {
    const letter = all[place] ?? '';
    if (quote !== '') {
      if (letter === quote) quote = '';
    } else if (letter === '>') return place;
    else if (letter === '"' || letter === "'") quote = letter;
  }
  return -1;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The value of an attribute by its local name, within a tag. */
function attributeOf(tag: string, from: number, wanted: string): string | undefined {
  let at = from;
  for (;;) {
    const equals = tag.indexOf('=', at);
    if (equals < 0) return undefined;
    const name = localName(tag.slice(at, equals).trim());
    let open = equals + 1;
    while (open < tag.length && tag[open] !== '"' && tag[open] !== "'") open += 1;
    const close = tag.indexOf(tag[open] ?? '"', open + 1);
    if (close < 0) return undefined;
    if (name === wanted) return unescaped(tag.slice(open + 1, close));
    at = close + 1;
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, digits?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
