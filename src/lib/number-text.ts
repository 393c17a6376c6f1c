import { canonicalDecimal, type DecimalText, withoutExponent } from './decimal-text.ts';

/** The decimal sign of a file or a language. */
export type DecimalSign = '.' | ',';

/**
 * Reads a number as people and spreadsheets write it: `1,234.50`, `1 234,50`, `1'234.50`, `6.0E7`, `(123.45)`,
 * `123.45-`. `decimal` settles what is ambiguous (`1,234`); what can only be read the other way is read so.
 * Null when it isn't a number.
 */
export function parseNumberText(text: string, decimal: DecimalSign): DecimalText | null {
  if (text.length > 100) return null;
  const { negative, body } = withoutSign(text.trim());
  const exponent = /e/i.test(body) ? withoutExponent(body.replace(',', '.')) : null;
  const other = decimal === '.' ? ',' : '.';
  const read = exponent ?? parseBody(body, decimal) ?? parseBody(body, other);
  return read === null ? null : canonicalDecimal(negative && !read.startsWith('-') ? `-${read}` : read);
}

function withoutSign(text: string): { negative: boolean; body: string } {
  const bracketed = /^\((.*)\)$/.exec(text);
  if (bracketed?.[1] !== undefined) return { negative: true, body: bracketed[1].trim() };
  const leading = /^([-−+])\s*(.*)$/.exec(text);
  if (leading?.[2] !== undefined) return { negative: leading[1] !== '+', body: leading[2] };
  const trailing = /^(.*\d)\s*[-−]$/.exec(text);
  if (trailing?.[1] !== undefined) return { negative: true, body: trailing[1] };
  return { negative: false, body: text };
}

/** Digits in proper groups (`1 234 567`, or `12,34,567` as in India), then the decimals. */
function parseBody(body: string, decimal: DecimalSign): DecimalText | null {
  const point = body.indexOf(decimal);
  const whole = point < 0 ? body : body.slice(0, point);
  const decimals = point < 0 ? '' : body.slice(point + 1);
  if (!/^\d*$/.test(decimals) || (whole === '' && decimals === '')) return null;
  const group = decimal === '.' ? ',' : '.';
  const separator = /[^\d]/u.exec(whole)?.[0];
  if (separator !== undefined) {
    const separators = separator === group ? [group] : /\s/.test(separator) ? [separator] : ["'", '’'];
    const groups = separators.reduce<string[]>(
      (parts, sign) => parts.flatMap((part) => part.split(sign)),
      [whole],
    );
    if (!groups.every((part) => /^\d+$/.test(part))) return null;
    const inner = groups.slice(1, -1).every((part) => part.length === 3 || part.length === 2);
    if (groups.length < 2 || groups.at(-1)?.length !== 3 || (groups[0]?.length ?? 9) > 3 || !inner)
      return null;
    return canonicalDecimal(`${groups.join('')}.${decimals}`);
  }
  return canonicalDecimal(`${whole === '' ? '0' : whole}.${decimals}`);
}
