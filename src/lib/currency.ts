const codes: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Every currency in use, ISO 4217. */
export const currencies = (): readonly string[] => [...codes];

/** True when `code` is a currency of ISO 4217. */
export const isCurrency = (code: string): boolean => codes.has(code);

const digitsByCurrency = new Map<string, number>();

/** The decimals people write with a currency: 2 for EUR, 0 for JPY, 3 for KWD. */
export function currencyDigits(currency: string): number {
  const known = digitsByCurrency.get(currency);
  if (known !== undefined) return known;
  const digits = codes.has(currency)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2)
    : 2;
  digitsByCurrency.set(currency, digits);
  return digits;
}

const dollars = new Set([
  'USD',
  'CAD',
  'AUD',
  'NZD',
  'SGD',
  'HKD',
  'MXN',
  'ARS',
  'CLP',
  'COP',
  'UYU',
  'DOP',
  'TWD',
]);
// biome-ignore format: a table
const symbols: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'], ['£', 'GBP'], ['₹', 'INR'], ['₽', 'RUB'], ['₩', 'KRW'], ['₺', 'TRY'], ['₴', 'UAH'], ['₪', 'ILS'],
  ['₫', 'VND'], ['฿', 'THB'], ['₱', 'PHP'], ['₦', 'NGN'], ['₡', 'CRC'], ['₸', 'KZT'], ['₾', 'GEL'], ['ZŁ', 'PLN'],
  ['KČ', 'CZK'], ['FT', 'HUF'], ['US$', 'USD'], ['CA$', 'CAD'], ['C$', 'CAD'], ['AU$', 'AUD'], ['A$', 'AUD'],
  ['NZ$', 'NZD'], ['HK$', 'HKD'], ['MX$', 'MXN'], ['S$', 'SGD'], ['R$', 'BRL'], ['EURO', 'EUR'], ['EUROS', 'EUR'],
  ['FR.', 'CHF'], ['SFR', 'CHF'],
]);

/**
 * The currency that a sign or code beside an amount means, or null when it can't be told. `$`, `¥` and `kr` are
 * several countries': `usual` decides when it is one of theirs; `$` is else the US dollar.
 */
export function currencyOfSign(sign: string, usual: string | null): string | null {
  const upper = sign.toUpperCase();
  if (codes.has(upper)) return upper;
  if (upper === '$') return usual !== null && dollars.has(usual) ? usual : 'USD';
  if (upper === '¥') return usual === 'JPY' || usual === 'CNY' ? usual : null;
  if (upper === 'KR') return usual !== null && ['SEK', 'NOK', 'DKK', 'ISK'].includes(usual) ? usual : null;
  return symbols.get(upper) ?? null;
}
