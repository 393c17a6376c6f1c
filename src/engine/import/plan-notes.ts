import { cutText } from '../../lib/cut-text.ts';
import { message } from '../../lib/message.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Ctx } from '../ctx.ts';
import type { NewValue } from './new-values.ts';
import type { ImportPlan } from './plan.ts';
import type { Remark } from './report.ts';

const unmapped = message(
  'import-columns-left-out',
  'These columns are left out: {columns}.',
  'Ces colonnes sont laissées de côté : {columns}.',
  'Estas columnas se dejan fuera: {columns}.',
);
const sheetsLeft = message(
  'import-sheets-left-out',
  'These sheets of the workbook aren’t read: {sheets}. To import one of them, save it as a file of its own.',
  'Ces feuilles du classeur ne sont pas lues : {sheets}. Pour en importer une, enregistrez-la dans un fichier à part.',
  'Estas hojas del libro no se leen: {sheets}. Para importar una, guárdela en un archivo propio.',
);
const created = message(
  'import-values-created',
  '{list}: {values} added to the list.',
  '{list} : {values} ajouté(s) à la liste.',
  '{list}: {values} añadido(s) a la lista.',
);
const takenAs = message(
  'import-value-taken-as',
  '{label}: “{text}” was taken as “{value}”.',
  '{label} : « {text} » a été pris pour « {value} ».',
  '{label}: «{text}» se tomó como «{value}».',
);
const emptied = message(
  'import-value-emptied',
  '{label}: “{text}” isn’t in the list and was left empty.',
  '{label} : « {text} » n’est pas dans la liste et a été laissé vide.',
  '{label}: «{text}» no está en la lista y se dejó vacío.',
);

const maxNotes = 50;

/** What can be said of an import before its first row is written: columns left out, values added or replaced. */
export function planNotes(ctx: Ctx, plan: ImportPlan, added: readonly NewValue[]): readonly Remark[] {
  const { mapping, headers } = plan;
  const mapped = new Set(mapping.columns.filter(({ to }) => to !== null).map(({ column }) => column));
  const out = headers.filter((header) => !mapped.has(header));
  const notes: Remark[] = [];
  if (out.length > 0)
    notes.push({ message: unmapped, params: { columns: shortList(out) }, level: 'info', rows: null });
  const sheets = plan.otherSheets;
  if (sheets.length > 0)
    notes.push({ message: sheetsLeft, params: { sheets: shortList(sheets) }, level: 'warning', rows: null });
  for (const [list, values] of Map.groupBy(added, (value) => value.list)) {
    const label =
      ctx.workspace.model.lists.get(list)?.label ?? entityOf(ctx.workspace.model, 'base-value').label.many;
    const params = { list: label, values: shortList(values.map((value) => value.label)) };
    notes.push({ message: created, params, level: 'info', rows: null });
  }
  for (const { target, unknown } of plan.values.values()) {
    for (const { text, rows, choice } of unknown) {
      const { label } = target;
      if (typeof choice === 'string') {
        const params = { label, text: cutText(text, 60), value: choice };
        notes.push({ message: takenAs, params, level: 'info', rows });
      } else if ('empty' in choice) {
        notes.push({ message: emptied, params: { label, text: cutText(text, 60) }, level: 'warning', rows });
      }
    }
  }
  return notes.slice(0, maxNotes);
}

const shortList = (words: readonly string[]): string =>
  words.length > 40 ? `${words.slice(0, 40).join(', ')}, … (${words.length})` : words.join(', ');
