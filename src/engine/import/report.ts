import type { Locale } from '../../lib/locale.ts';
import { type Message, message, tell } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { ImportNote } from '../../model/import.ts';
import type { UndoProgress } from '../events/undo-batch.ts';
import type { Said } from '../long-work/said.ts';

/** Something an import did that its counts don't tell, and in how many rows. */
export interface Remark extends Said {
  readonly level: ImportNote['level'];
  readonly rows: number | null;
}

/** What an import did besides its counts, as it is kept with it. */
export interface Report {
  /** Id of the user in whose name the import works; null = the system. */
  readonly asker: string | null;
  readonly notes: readonly Remark[];
  /** How often something happened, by the code of its note. */
  readonly tally: Readonly<Record<string, number>>;
  readonly stopped: Said | null;
  /** When a run first began that stopped and was gone on with. */
  readonly begunAt?: string;
  readonly undo: {
    readonly done: number;
    readonly of: number;
    /** The first of those that are left as they are; `refusedCount` says how many. */
    readonly refused: readonly { entity: string; id: string; mistakes: readonly Mistake[] }[];
    readonly refusedCount: number;
    readonly isWhole?: boolean;
    /** Where it goes on. */
    readonly progress?: UndoProgress;
  } | null;
  /** Whether an earlier undo stopped after it had taken something back. */
  readonly isPartlyUndone?: boolean;
}

/** An import that did nothing yet. */
export const emptyReport: Report = { asker: null, notes: [], tally: {}, stopped: null, undo: null };

const tallied: readonly { readonly message: Message; readonly level: ImportNote['level'] }[] = [
  {
    level: 'info',
    message: message(
      'default-currency',
      'Amounts without a currency were taken as {currency}.',
      'Les montants sans devise ont été pris en {currency}.',
      'Los importes sin moneda se tomaron en {currency}.',
    ),
  },
  {
    level: 'info',
    message: message(
      'phones-as-typed',
      'Phone numbers that aren’t numbers in use are kept as typed.',
      'Les numéros de téléphone qui ne sont pas en service sont gardés tels quels.',
      'Los números de teléfono que no están en uso se guardan tal como están escritos.',
    ),
  },
  {
    level: 'warning',
    message: message(
      'left-open',
      'Records that were to name one another were made, but not all could be filled in.',
      'Des fiches qui devaient se nommer l’une l’autre ont été créées, mais toutes n’ont pas pu être complétées.',
      'Se crearon registros que debían nombrarse unos a otros, pero no todos se pudieron completar.',
    ),
  },
  {
    level: 'warning',
    message: message(
      'primary-elsewhere',
      'Where several rows of one record say they are primary, the last one is.',
      'Quand plusieurs lignes d’une fiche se disent principales, la dernière l’est.',
      'Cuando varias filas de un registro dicen ser principales, lo es la última.',
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
    return [{ code: said.code, level, message: tell(locale, said, { currency }), rows }];
  });
  return [...kept, ...counted];
}
