import { xmlReader } from './xml-reader.ts';

/** What the number in a cell means by its format. */
export type NumberMeaning =
  | { readonly is: 'number' | 'percent' | 'date' | 'dateTime' | 'time' }
  /** Written with at least so many digits, as postal codes are. */
  | { readonly is: 'digits'; readonly count: number };

const number: NumberMeaning = { is: 'number' };

/** Formats that workbooks use without writing them down. */
const builtIn: ReadonlyMap<number, Exclude<NumberMeaning['is'], 'digits'>> = new Map([
  [9, 'percent'],
  [10, 'percent'],
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'date'] as const),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id) => [id, 'time'] as const),
  [22, 'dateTime'],
]);

/** What each style of a workbook makes of numbers, by its place; from the text of its styles as it comes. */
export function readStyles(): {
  push(text: string): void;
  end(): readonly NumberMeaning[];
} {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let isCellStyles = false;
  const reader = xmlReader({
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes('numFmtId')), attributes('formatCode') ?? '');
      if (name === 'cellXfs') isCellStyles = true;
      if (name === 'xf' && isCellStyles) ids.push(Number(attributes('numFmtId') ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') isCellStyles = false;
    },
    text() {},
  });
  return {
    push: reader.push,
    end() {
      reader.end();
      return ids.map((id) => {
        const code = codes.get(id);
        return code === undefined ? known(id) : meaningOf(code);
      });
    },
  };
}

const known = (id: number): NumberMeaning => {
  const is = builtIn.get(id);
  return is === undefined ? number : { is };
};

/** What a format makes of numbers: `dd/mm/yyyy`, `[$-409]h:mm AM/PM`, `00000`, `0.0%`. */
export function meaningOf(code: string): NumberMeaning {
  // What is in quotation marks, escaped or in brackets says nothing, except that hours in brackets run on.
  const bare = (code.split(';')[0] ?? '')
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(h+|m+|s+)\]/gi, '$1')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/am\/pm|a\/p/gi, 'h');
  const digits = /^0{2,20}$/.exec(bare);
  if (digits) return { is: 'digits', count: bare.length };
  if (/general|standard/i.test(bare)) return number;
  if (bare.includes('%')) return { is: 'percent' };
  const isTimed = /[hs]/i.test(bare);
  const isDated = /[yd]/i.test(bare) || (/m/i.test(bare) && !isTimed);
  if (isDated) return { is: isTimed ? 'dateTime' : 'date' };
  return isTimed ? { is: 'time' } : number;
}

const day = 86_400_000;
/** Day 0 of spreadsheets, right from March 1900 on, and of those that count from 1904. */
const dayZero = Date.UTC(1899, 11, 30);
const dayZeroOf1904 = Date.UTC(1904, 0, 1);
/** 31 December 9999. */
const lastDay = 2_958_466;

/** A number of a cell as an import reads it: a plain decimal, an ISO day or wall clock, a percentage with its sign. */
export function numberText(raw: string, meaning: NumberMeaning, isFrom1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  switch (meaning.is) {
    case 'number':
      return plain(value);
    case 'digits':
      return Number.isInteger(value) && value >= 0 ? plain(value).padStart(meaning.count, '0') : plain(value);
    case 'percent':
      return `${plain(value * 100)}%`;
    default:
      return value >= 0 && value < lastDay ? momentText(value, meaning.is, isFrom1904) : plain(value);
  }
}

function momentText(value: number, is: 'date' | 'dateTime' | 'time', isFrom1904: boolean): string {
  // Spreadsheets believe in 29 February 1900: what comes before is a day further.
  const days = isFrom1904 || value >= 61 ? value : value + 1;
  const moment = (isFrom1904 ? dayZeroOf1904 : dayZero) + Math.round((days * day) / 1000) * 1000;
  const iso = new Date(moment).toISOString();
  const clock = iso.slice(11, 19);
  if (is === 'time' && value < 1) return clock;
  return is === 'date' || clock === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)}T${clock}`;
}

/** Fifteen digits, which is what spreadsheets keep, without an exponent. */
function plain(value: number): string {
  const text = String(Number(value.toPrecision(15)));
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!parts) return text;
  const [, sign = '', whole = '', decimals = '', exponent = '0'] = parts;
  const point = 1 + Number(exponent);
  const digits = whole + decimals;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}
