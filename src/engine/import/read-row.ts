import { fieldType } from '../../fields/index.ts';
import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { ReferenceBy } from '../../model/import.ts';
import type { BaseValues } from '../ctx.ts';
import type { Missing } from './aside.ts';
import { bareWords, codeOf } from './known-values.ts';
import type { ImportPlan, PlannedTarget } from './plan.ts';
import type { FileRow } from './read/table-reader.ts';
import { isChoice, listOfTarget, type Target } from './targets.ts';

const tooManyCells = message(
  'row-too-many-cells',
  'The row has {count} cells, the file has {columns} columns: a cell that holds “{delimiter}” must stand in quotation marks.',
  'La ligne a {count} cellules pour {columns} colonnes : une cellule qui contient « {delimiter} » doit être entre guillemets.',
  'La fila tiene {count} celdas y el archivo {columns} columnas: una celda que contiene «{delimiter}» debe ir entre comillas.',
);
const tooFewCells = message(
  'row-too-few-cells',
  'The row has only {count} cells, the file has {columns} columns: is it broken by a line end outside quotation marks?',
  'La ligne n’a que {count} cellules pour {columns} colonnes : est-elle coupée par un retour à la ligne hors guillemets ?',
  'La fila solo tiene {count} celdas y el archivo {columns} columnas: ¿la corta un salto de línea fuera de comillas?',
);
const unknownText = message(
  'import-unknown-value',
  '“{value}” isn’t a value of {label}: map it to one, or let it be created or left empty.',
  '« {value} » n’est pas une valeur de {label} : affectez-la à une valeur, créez-la ou laissez le champ vide.',
  '«{value}» no es un valor de {label}: asígnelo a uno, créelo o deje el campo vacío.',
);
const keyMissing = message(
  'import-key-missing',
  'The key is empty: each row needs one.',
  'La clé est vide : chaque ligne doit en avoir une.',
  'La clave está vacía: cada fila necesita una.',
);
const keyTooLong = message(
  'import-key-too-long',
  'The key has {length} characters; at most 200 are taken.',
  'La clé a {length} caractères ; 200 au plus sont acceptés.',
  'La clave tiene {length} caracteres; se aceptan como máximo 200.',
);

/** A mistake with the column it came from. */
export interface RowMistake extends Mistake {
  readonly column: string | null;
}

/** A cell that names another record, still to be found. */
export interface Naming {
  readonly target: Target;
  readonly column: string | null;
  readonly texts: readonly string[];
  readonly by: ReferenceBy | null;
  readonly mayBeEmpty: boolean;
}

/** What one row says, its cells read; other records are still named by text. */
export interface RowRead {
  readonly row: FileRow;
  /** Its place among the rows, from 0. */
  readonly place: number;
  readonly key: string | null;
  /** The text by which its record is recognised, where that isn't the key. */
  readonly match: string | null;
  readonly input: Record<string, unknown>;
  readonly namings: readonly Naming[];
  readonly mistakes: RowMistake[];
  /** Records it names that may come later in the run. */
  readonly missing: Missing[];
  /** The columns of each field, for telling where a later mistake came from. */
  readonly columnOf: ReadonlyMap<string, string>;
  readonly phonesAsTyped: number;
  /** Fields of money whose amount came without a currency. */
  readonly withoutCurrency: readonly string[];
}

/** Reads the cells of a row by the plan; nothing is looked up. */
export function readRow(plan: ImportPlan, values: BaseValues, row: FileRow): RowRead {
  const { place } = row;
  const mistakes = shapeMistakes(plan, row);
  const input: Record<string, unknown> = {};
  const namings: Naming[] = [];
  const columnOf = new Map<string, string>();
  let key: string | null = null;
  let match: string | null = null;
  let phonesAsTyped = 0;
  for (const planned of mistakes.length > 0 ? [] : plan.targets) {
    const cell = cellOf(planned, row);
    if (!cell) continue;
    const { target } = planned;
    const { text, column } = cell;
    if (column !== null && target.field) columnOf.set(target.field.name, column);
    if (target.to === plan.mapping.match) match = text;
    if (target.kind === 'key') {
      key = text;
      if (text.length > 200) {
        mistakes.push({
          field: 'externalKeys',
          column,
          message: keyTooLong,
          params: { length: text.length },
        });
      }
      continue;
    }
    if (target.names.length > 0) {
      const isSeveral = target.field?.type === 'references';
      namings.push({
        target,
        column,
        texts: isSeveral ? text.split(/[;|\n]/).flatMap((each) => each.trim() || []) : [text],
        by: cell.by,
        mayBeEmpty: cell.mayBeEmpty,
      });
      continue;
    }
    const read = readCell(plan, values, planned, text, column);
    if ('mistakes' in read) mistakes.push(...read.mistakes);
    else if (read.value !== null) {
      put(input, target, read.value);
      if (target.field?.type === 'phone' && (read.value as { e164: unknown }).e164 === null)
        phonesAsTyped += 1;
    }
  }
  if (mistakes.length === 0 && plan.mapping.match === 'externalKey' && key === null && hasKeyColumn(plan))
    mistakes.push({ field: 'externalKeys', column: keyColumn(plan), message: keyMissing });
  settlePrimary(plan, place, input);
  return {
    row,
    place,
    missing: [],
    key,
    match: plan.mapping.match === 'externalKey' ? null : match,
    input,
    namings,
    mistakes,
    columnOf,
    phonesAsTyped,
    withoutCurrency: Object.entries(input).flatMap(([name, value]) =>
      plan.entity.fields[name]?.type === 'money' && !('currency' in (value as object)) ? [name] : [],
    ),
  };
}

/**
 * That a link isn't the primary one changes nothing by itself: a record with links has a primary one, and another
 * row or a person says which.
 */
function settlePrimary(plan: ImportPlan, place: number, input: Record<string, unknown>): void {
  if (plan.primary === null) return;
  if (input[plan.primary] === false || plan.losers.has(place)) delete input[plan.primary];
}

function shapeMistakes(plan: ImportPlan, { cells }: FileRow): RowMistake[] {
  const columns = plan.headers.length;
  const isFilled = cells.slice(columns).some((cell) => cell.trim() !== '');
  const params = { count: cells.length, columns, delimiter: plan.delimiter };
  if (isFilled) return [{ field: '', column: null, message: tooManyCells, params }];
  if (cells.length < columns) return [{ field: '', column: null, message: tooFewCells, params }];
  return [];
}

interface Cell {
  readonly text: string;
  readonly column: string | null;
  readonly by: ReferenceBy | null;
  readonly mayBeEmpty: boolean;
}

/** The first filled cell of a target's columns, else its fixed text; null = the row leaves it as it is. */
function cellOf({ columns, constant }: PlannedTarget, { cells }: FileRow): Cell | null {
  for (const { place, mapping } of columns) {
    const text = (cells[place] ?? '').trim();
    if (text !== '') {
      return {
        text,
        column: mapping.column,
        by: mapping.by ?? null,
        mayBeEmpty: mapping.unknown === 'empty',
      };
    }
  }
  return constant === null ? null : { text: constant, column: null, by: null, mayBeEmpty: false };
}

function readCell(
  plan: ImportPlan,
  values: BaseValues,
  { target }: PlannedTarget,
  text: string,
  column: string | null,
): { readonly value: unknown } | { readonly mistakes: readonly RowMistake[] } {
  const { field, part } = target;
  if (!field) return { value: null };
  if (isChoice(target) || listOfTarget(target) !== null) {
    const choice =
      column === null ? codeOf(values, target, text) : plan.values.get(column)?.choices.get(bareWords(text));
    if (typeof choice === 'string') return { value: codeOf(values, target, choice) ?? choice };
    if (choice && 'empty' in choice) return { value: null };
    // A value to be created is in the list by now, unless somebody removed it again.
    const code = codeOf(values, target, text);
    if (choice && 'create' in choice && code !== null) return { value: code };
    const params = { value: text.slice(0, 60), label: target.label };
    return { mistakes: [{ field: field.name, column, message: unknownText, params, value: text }] };
  }
  const read = fieldType(field.type).readText(text, field, plan.env, part === '' ? undefined : part);
  if ('mistakes' in read) {
    return {
      mistakes: read.mistakes.map((mistake) => ({
        ...mistake,
        field: target.to === field.name && mistake.field ? `${field.name}.${mistake.field}` : target.to,
        column,
      })),
    };
  }
  return { value: read.value };
}

/** Puts a value into the row's input; parts of one field come together in one object. */
function put(input: Record<string, unknown>, { field, part }: Target, value: unknown): void {
  if (!field) return;
  const standing = input[field.name];
  const added = part === '' ? value : { [part]: value };
  const isComposite = typeof added === 'object' && added !== null && !Array.isArray(added);
  input[field.name] =
    isComposite && typeof standing === 'object' && standing !== null
      ? { ...(part === '' ? added : standing), ...(part === '' ? standing : added) }
      : added;
}

const keyColumn = (plan: ImportPlan): string | null =>
  plan.targets.find(({ target }) => target.kind === 'key')?.columns[0]?.mapping.column ?? null;

const hasKeyColumn = (plan: ImportPlan): boolean => keyColumn(plan) !== null;
