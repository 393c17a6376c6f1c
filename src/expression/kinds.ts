import type { ComparableKind } from '../fields/field-type.ts';
import { type Labels, labels } from '../lib/locale.ts';
import type { ValueKind } from './tree.ts';

/** What a path holds, as messages say it. */
export const kindLabels: Readonly<Record<ComparableKind, Labels>> = {
  text: labels('text', 'du texte', 'texto'),
  number: labels('a number', 'un nombre', 'un número'),
  date: labels('a date', 'une date', 'una fecha'),
  dateTime: labels('a date and time', 'une date avec heure', 'una fecha con hora'),
  boolean: labels('true or false', 'true ou false', 'true o false'),
  code: labels('a value of a list', 'une valeur de liste', 'un valor de una lista'),
  codes: labels('values of a list', 'des valeurs de liste', 'valores de una lista'),
  id: labels('a record', 'une fiche', 'un registro'),
  ids: labels('records', 'des fiches', 'registros'),
};

/** What a calculated value is, as messages say it. */
export const valueKindLabels: Readonly<Record<ValueKind, Labels>> = {
  text: kindLabels.text,
  number: kindLabels.number,
  money: labels('money', 'un montant', 'un importe'),
  date: kindLabels.date,
  dateTime: kindLabels.dateTime,
  boolean: kindLabels.boolean,
  nothing: labels('nothing', 'rien', 'nada'),
};

/** True of kinds with a before and an after: `<`, ranges and sorting make sense. */
export const isOrdered = (kind: ComparableKind): boolean =>
  kind === 'text' || kind === 'number' || kind === 'date' || kind === 'dateTime';

/** True of kinds that hold several values at once; a comparison is true when one of them fits. */
export const isPlural = (kind: ComparableKind): boolean => kind === 'codes' || kind === 'ids';
