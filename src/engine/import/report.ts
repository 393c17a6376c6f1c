import type { Locale } from '../../lib/locale.ts';
import { type Message, type MessageParams, message, tell } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { ImportNote } from '../../model/import.ts';

/** A sentence kept in the database, so that each reader has it in his language. */
export interface Said {
  readonly message: Message;
  readonly params?: MessageParams;
}

/** What an import did besides its counts, as it is kept with it. */
export interface Report {
  /** Id of the user in whose name the import works; null = the system. */
  readonly asker: string | null;
  readonly notes: readonly (Said & { readonly level: ImportNote['level']; readonly rows: number | null })[];
  /** How often something happened, by the code of its note. */
  readonly tally: Readonly<Record<string, number>>;
  readonly stopped: Said | null;
  readonly undo: {
    readonly done: number;
    readonly of: number;
    readonly refused: readonly { entity: string; id: string; mistakes: readonly Mistake[] }[];
  } | null;
}

/** An import that did nothing yet. */
export const emptyReport: Report = { asker: null, notes: [], tally: {}, stopped: null, undo: null };

const tallied: readonly { readonly message: Message; readonly level: ImportNote['level'] }[] = [
  {
    level: 'info',
    message: message(
      'default-currency',
      '{rows} rows: amounts without a currency were taken as {currency}.',
      '{rows} lignes : les montants sans devise ont été pris en {currency}.',
      '{rows} filas: los importes sin moneda se tomaron en {currency}.',
    ),
  },
  {
    level: 'info',
    message: message(
      'phones-as-typed',
      '{rows} phone numbers aren’t numbers in use: they are kept as typed.',
      '{rows} numéros de téléphone ne sont pas des numéros en service : ils sont gardés tels quels.',
      '{rows} números de teléfono no son números en uso: se guardan tal como están escritos.',
    ),
  },
  {
    level: 'warning',
    message: message(
      'primary-elsewhere',
      '{rows} rows say they are primary where a later row of the same record says so too: the later one is.',
      '{rows} lignes se disent principales alors qu’une ligne ultérieure de la même fiche le dit aussi : c’est cette dernière qui l’est.',
      '{rows} filas dicen ser principales cuando una fila posterior del mismo registro también lo dice: lo es esta última.',
    ),
  },
];

/** Adds what a chunk did. */
export const withTally = (report: Report, more: Readonly<Record<string, number>>): Report => ({
  ...report,
  tally: Object.fromEntries(
    [...new Set([...Object.keys(report.tally), ...Object.keys(more)])].map((code) => [
      code,
      (report.tally[code] ?? 0) + (more[code] ?? 0),
    ]),
  ),
});

/** The notes of an import for a reader. */
export function notesOut(report: Report, locale: Locale, currency: string): readonly ImportNote[] {
  const kept = report.notes.map(
    ({ message: said, params, level, rows }): ImportNote => ({
      code: said.code,
      level,
      message: tell(locale, said, params),
      rows,
    }),
  );
  const counted = tallied.flatMap(({ message: said, level }): readonly ImportNote[] => {
    const rows = report.tally[said.code] ?? 0;
    if (rows === 0) return [];
    return [{ code: said.code, level, message: tell(locale, said, { rows, currency }), rows }];
  });
  return [...kept, ...counted];
}

/** A sentence for a reader. */
export const saidOut = (said: Said | null, locale: Locale): string | null =>
  said === null ? null : tell(locale, said.message, said.params);
