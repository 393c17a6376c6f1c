import { message } from '../../lib/message.ts';
import { isTimeZone } from '../../lib/time-zone.ts';
import { neededText, type Reader } from '../http/input.ts';

const noZone = message(
  'input-not-time-zone',
  'There is no time zone of this name. Give one like Europe/Paris.',
  'Il n’y a pas de fuseau horaire de ce nom. Donnez-en un comme Europe/Paris.',
  'No hay ninguna zona horaria con ese nombre. Dé una como Europe/Madrid.',
);
const noCurrency = message(
  'input-not-currency',
  'There is no currency of this code. Give three letters of ISO 4217, like EUR.',
  'Il n’y a pas de devise de ce code. Donnez trois lettres ISO 4217, comme EUR.',
  'No hay ninguna moneda con ese código. Dé tres letras ISO 4217, como EUR.',
);

/** An IANA name of a time zone. */
export const timeZoneName: Reader<string> = (given) => {
  const text = neededText(60)(given);
  return 'value' in text && !isTimeZone(text.value) ? { mistake: { message: noZone } } : text;
};

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** An ISO 4217 code of a currency. */
export const currencyCode: Reader<string> = (given) => {
  const text = neededText(3)(given);
  return 'value' in text && !currencies.has(text.value) ? { mistake: { message: noCurrency } } : text;
};
