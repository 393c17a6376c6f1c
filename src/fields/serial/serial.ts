import { type CommonSettings, type Field, type FieldSpec, fieldSpec } from '../../model/field.ts';
import {
  longestPrefix,
  mostPadding,
  type NumberPattern,
  numberText,
  prefixMistake,
  type Restart,
  restarts,
} from '../../model/number-series.ts';
import type { FieldType } from '../field-type.ts';
import { oneLine, readString } from '../string-value.ts';
import { textStorage } from '../text-column.ts';

/** What an author may say of a number that the system gives; an administrator may change it later. */
export interface SerialSettings extends Pick<CommonSettings, 'label' | 'help'> {
  /** Text before the digits: `OPP-`, `Q-{YYYY}-`. */
  readonly prefix: string;
  /** Digits at least, 5 unless told. */
  readonly padding?: number;
  /** No number is ever left out, at the price of writers waiting for one another. */
  readonly gapFree?: boolean;
  readonly restart?: Restart;
  /** Imports may bring the numbers that records had elsewhere; the series goes on above them. */
  readonly ownNumbers?: boolean;
}

/** How the numbers of a field are given, until an administrator says otherwise. */
export interface DeclaredSeries extends NumberPattern {
  readonly gapFree: boolean;
}

/** A number that the system gives each new record. */
export const serial = (settings: SerialSettings): FieldSpec =>
  fieldSpec('serial', { ...settings, readOnly: true, unique: true });

/** Longest number that can be brought along. */
const longest = 60;

/** A number from a series: text, given by the engine when a record is made, never given twice. */
export const serialField: FieldType<string> = {
  name: 'serial',
  ...textStorage,
  sortable: true,
  read: (input) => readString(input, { max: longest }),
  readText: (cell) => readString(oneLine(cell), { max: longest }),
  jsonSchema: () => ({ type: 'string', maxLength: longest }),
  example: (field) => numberText(declaredSeries(field), '2026-11-22', 42),
  describe: () => ({}),
  verify: (field) => {
    const { prefix, padding, restart } = field.options;
    if (typeof prefix !== 'string' || prefix.length > longestPrefix)
      return [`its prefix is ${String(prefix)}, but a text of at most ${longestPrefix} characters is needed`];
    const series = declaredSeries(field);
    const mistake = prefixMistake(prefix, series.restart);
    return [
      ...(mistake === 'place'
        ? [`its prefix “${prefix}” may hold {YYYY}, {YY} and {MM} in braces only`]
        : []),
      ...(mistake === 'restart'
        ? [`its numbers begin again each ${series.restart}, so its prefix must tell which`]
        : []),
      ...(restart === undefined || restarts.some((known) => known === restart)
        ? []
        : [`it restarts “${String(restart)}”, which is none of ${restarts.join(', ')}`]),
      ...(padding === undefined ||
      (Number.isInteger(padding) && series.padding >= 1 && series.padding <= mostPadding)
        ? []
        : [`padding is ${String(padding)}, but a number is filled up to 1 to ${mostPadding} digits`]),
      ...(field.readOnly && field.unique ? [] : ['the system gives it, so it is read-only and unique']),
    ];
  },
};

/** What the declaration of a serial field says of its numbers. */
export function declaredSeries(field: Field): DeclaredSeries {
  const { prefix, padding, gapFree, restart } = field.options;
  return {
    prefix: typeof prefix === 'string' ? prefix : '',
    padding: typeof padding === 'number' ? padding : 5,
    gapFree: gapFree === true,
    restart: restarts.find((known) => known === restart) ?? 'never',
  };
}

/** Whether imports may bring numbers of their own. */
export const takesOwnNumbers = (field: Field): boolean =>
  field.type === 'serial' && field.options.ownNumbers === true;
