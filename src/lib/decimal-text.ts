/** A decimal as it is kept and sent: a string, so that no cent is lost in a float. */
export type DecimalText = string;

const plain = /^(-?)0*(\d+)(?:\.(\d*?)(0*))?$/;

/**
 * The one way of writing a plain decimal (`-12.5`, no exponent): no leading zeros, no minus before zero, at
 * least `scale` decimals and further ones only when they aren't zero. Null when `text` isn't a plain decimal.
 */
export function canonicalDecimal(text: string, scale = 0): DecimalText | null {
  const match = text.length > 400 ? null : plain.exec(text);
  if (!match) return null;
  const [, sign = '', whole = '0', decimals = ''] = match;
  const padded = decimals.padEnd(scale, '0');
  const digits = padded === '' ? whole : `${whole}.${padded}`;
  return sign === '-' && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** How many decimals a canonical decimal has. */
export const decimalsOf = (decimal: DecimalText): number => decimal.split('.')[1]?.length ?? 0;

/** How many digits stand before the decimal point of a canonical decimal. */
export const wholeDigitsOf = (decimal: DecimalText): number =>
  (decimal.split('.')[0] ?? '').replace('-', '').length;

/** Negative, zero or positive as `first` is less than, equal to or greater than `second`; exact at any length. */
export function compareDecimals(first: DecimalText, second: DecimalText): number {
  const scale = Math.max(decimalsOf(first), decimalsOf(second));
  const [one, two] = [units(first, scale), units(second, scale)];
  return one < two ? -1 : one > two ? 1 : 0;
}

/** The decimal counted in its `scale`-th decimals: `12.5` at scale 2 is 1250. */
function units(decimal: DecimalText, scale: number): bigint {
  const [whole = '0', decimals = ''] = decimal.split('.');
  return BigInt(whole + decimals.padEnd(scale, '0').slice(0, scale));
}

/** A decimal without exponent of a finite number or of text such as `6.0E7`; null for anything else. */
export function withoutExponent(text: string): DecimalText | null {
  if (text.length > 400) return null;
  const match = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (!match) return null;
  const [, sign = '', whole = '0', decimals = '', power = '0'] = match;
  const shift = Number(power);
  const digits = whole + decimals;
  const point = whole.length + shift;
  const shifted =
    point <= 0
      ? `0.${'0'.repeat(-point)}${digits}`
      : point >= digits.length
        ? digits + '0'.repeat(point - digits.length)
        : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return canonicalDecimal((sign === '-' ? '-' : '') + shifted);
}
