import { type SpilledTexts, spilledTexts } from './spilled-texts.ts';
import { xmlReader } from './xml-reader.ts';

/** Letters a cell may hold: spreadsheets take 32,767. */
export const longestCell = 1024 * 1024;

/** Collects the text of `t` elements, without what only says how Japanese is pronounced. */
export function textCollector(): {
  open(name: string): void;
  close(name: string): void;
  text(text: string): void;
  /** The text so far, which begins anew. */
  take(): string;
} {
  let collected = '';
  let isText = false;
  let spoken = 0;
  return {
    open(name) {
      if (name === 'rPh') spoken += 1;
      if (name === 't') isText = spoken === 0;
    },
    close(name) {
      if (name === 'rPh') spoken -= 1;
      if (name === 't') isText = false;
    },
    text(text) {
      if (isText && collected.length < longestCell) collected += text;
    },
    take() {
      const text = cellText(collected);
      collected = '';
      return text;
    },
  };
}

/** A text of a workbook: what XML can't hold is written `_x000B_` in it, and lines end with a line feed. */
function cellText(text: string): string {
  const read = text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
  return owned(read.replaceAll('\r\n', '\n'));
}

/** A copy that doesn't hold on to the larger text it was cut from. */
export const owned = (text: string): string =>
  text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');

/** The texts that cells of a workbook refer to by place; whoever asked for them closes them. */
export async function readStrings(content: AsyncIterable<string>): Promise<SpilledTexts> {
  const texts = spilledTexts();
  const collector = textCollector();
  const reader = xmlReader({
    open: (name) => collector.open(name),
    close(name) {
      collector.close(name);
      if (name === 'si') texts.add(collector.take());
    },
    text: collector.text,
  });
  try {
    for await (const text of content) reader.push(text);
    reader.end();
    return texts;
  } catch (error) {
    texts.close();
    throw error;
  }
}
