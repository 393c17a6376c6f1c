import type { DecimalText } from '../lib/decimal-text.ts';

/** A decimal as a whole number of its `scale`-th decimals. */
interface Exact {
  readonly units: bigint;
  readonly scale: number;
}

/** Decimal places a quotient is rounded to. */
export const quotientScale = 12;

/** Decimal places a quotient is worked out to before it is rounded, as the database does. */
export const workingScale = 30;

/** The calculations with two decimals, exact but for the quotient; null where there is no result. */
export const binary: Readonly<
  Record<
    'plus' | 'minus' | 'times' | 'over' | 'modulo',
    (a: DecimalText, b: DecimalText) => DecimalText | null
  >
> = {
  plus: (a, b) => aligned(a, b, (one, other) => one + other),
  minus: (a, b) => aligned(a, b, (one, other) => one - other),
  times: (a, b) => {
    const [one, other] = [read(a), read(b)];
    return write({ units: one.units * other.units, scale: one.scale + other.scale });
  },
  over: (a, b) => quotient(read(a), read(b)),
  modulo: (a, b) => (read(b).units === 0n ? null : aligned(a, b, (one, other) => one % other)),
};

/** The decimal rounded to some places, halves away from zero. */
export const rounded = (a: DecimalText, places: number): DecimalText => write(roundedTo(read(a), places));

/** The decimal without its sign. */
export const absolute = (a: DecimalText): DecimalText => (a.startsWith('-') ? a.slice(1) : a);

/** The decimal with the other sign. */
export const negated = (a: DecimalText): DecimalText => {
  const { units, scale } = read(a);
  return write({ units: -units, scale });
};

/** The greatest whole number that isn't above. */
export function floor(a: DecimalText): DecimalText {
  const { units, scale } = read(a);
  const one = 10n ** BigInt(scale);
  const cut = units / one;
  return String(units < 0n && cut * one !== units ? cut - 1n : cut);
}

/** The least whole number that isn't below. */
export const ceil = (a: DecimalText): DecimalText => negated(floor(negated(a)));

/** The whole number before the point, held between two bounds. */
export function wholeWithin(a: DecimalText, least: number, greatest: number): number {
  const { units, scale } = read(a);
  const whole = units / 10n ** BigInt(scale);
  if (whole < BigInt(least)) return least;
  return whole > BigInt(greatest) ? greatest : Number(whole);
}

function read(text: DecimalText): Exact {
  const [whole = '0', decimals = ''] = text.split('.');
  return { units: BigInt(whole + decimals), scale: decimals.length };
}

function write({ units, scale }: Exact): DecimalText {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  const decimals = digits.slice(point).replace(/0+$/, '');
  const text = decimals === '' ? digits.slice(0, point) : `${digits.slice(0, point)}.${decimals}`;
  return units < 0n ? `-${text}` : text;
}

function aligned(a: DecimalText, b: DecimalText, of: (one: bigint, other: bigint) => bigint): DecimalText {
  const [one, other] = [read(a), read(b)];
  const scale = Math.max(one.scale, other.scale);
  return write({ units: of(unitsAt(one, scale), unitsAt(other, scale)), scale });
}

const unitsAt = ({ units, scale }: Exact, wanted: number): bigint => units * 10n ** BigInt(wanted - scale);

function quotient(a: Exact, b: Exact): DecimalText | null {
  if (b.units === 0n) return null;
  const scale = Math.max(workingScale, a.scale, b.scale);
  const units = divided(a.units * 10n ** BigInt(scale + b.scale), b.units * 10n ** BigInt(a.scale));
  return write(roundedTo({ units, scale }, quotientScale));
}

function roundedTo({ units, scale }: Exact, places: number): Exact {
  if (scale <= places) return { units, scale };
  return { units: divided(units, 10n ** BigInt(scale - places)), scale: places };
}

/** A quotient of whole numbers, halves away from zero. */
function divided(a: bigint, b: bigint): bigint {
  const negative = a < 0n !== b < 0n;
  const [one, other] = [a < 0n ? -a : a, b < 0n ? -b : b];
  const whole = (2n * one + other) / (2n * other);
  return negative ? -whole : whole;
}
