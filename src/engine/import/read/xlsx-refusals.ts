import { type Message, message } from '../../../lib/message.ts';
import { Problem } from '../../../lib/problem.ts';

const broken = message(
  'workbook-broken',
  'The workbook is damaged or cut off. Open it in your spreadsheet program, save it again, and choose that file.',
  'Le classeur est endommagé ou incomplet. Ouvrez-le dans votre tableur, enregistrez-le à nouveau et choisissez ce fichier.',
  'El libro está dañado o incompleto. Ábralo en su hoja de cálculo, guárdelo de nuevo y elija ese archivo.',
);
const locked = message(
  'workbook-locked',
  'The workbook is protected by a password. Save it without one, and choose that file.',
  'Le classeur est protégé par un mot de passe. Enregistrez-le sans mot de passe et choisissez ce fichier.',
  'El libro está protegido con contraseña. Guárdelo sin ella y elija ese archivo.',
);
const tooLarge = message(
  'workbook-too-large',
  'Unpacked, the workbook would have {size} MB; at most {max} MB are taken, and not so much from so small a file. Save the sheet as CSV (UTF-8), and choose that file.',
  'Décompressé, le classeur ferait {size} Mo ; {max} Mo au plus sont acceptés, et pas autant à partir d’un si petit fichier. Enregistrez la feuille en CSV (UTF-8) et choisissez ce fichier.',
  'Descomprimido, el libro tendría {size} MB; se aceptan como máximo {max} MB, y no tantos de un archivo tan pequeño. Guarde la hoja como CSV (UTF-8) y elija ese archivo.',
);
const rowTooLong = message(
  'workbook-row-too-long',
  'Row {line} of a sheet has more than {max} million letters. Shorten the texts in it, and save the workbook again.',
  'La ligne {line} d’une feuille a plus de {max} millions de lettres. Raccourcissez ses textes et enregistrez à nouveau le classeur.',
  'La fila {line} de una hoja tiene más de {max} millones de letras. Acorte sus textos y guarde de nuevo el libro.',
);
const otherArchive = message(
  'workbook-other',
  'This is no Excel workbook (.xlsx) but another kind of document or a ZIP archive. Save the sheet as .xlsx or CSV (UTF-8), and choose that file.',
  'Ce n’est pas un classeur Excel (.xlsx) mais un autre type de document ou une archive ZIP. Enregistrez la feuille en .xlsx ou en CSV (UTF-8) et choisissez ce fichier.',
  'Esto no es un libro de Excel (.xlsx) sino otro tipo de documento o un archivo ZIP. Guarde la hoja como .xlsx o CSV (UTF-8) y elija ese archivo.',
);
const noSheet = message(
  'workbook-no-sheet',
  'The workbook has no sheet called “{sheet}”. Choose one of: {known}.',
  'Le classeur n’a pas de feuille appelée « {sheet} ». Choisissez parmi : {known}.',
  'El libro no tiene ninguna hoja llamada «{sheet}». Elija entre: {known}.',
);
const emptyWorkbook = message(
  'workbook-empty',
  'The sheets of the workbook are empty. Fill one with a row of column names and at least one row below it.',
  'Les feuilles du classeur sont vides. Remplissez-en une avec une ligne de noms de colonnes et au moins une ligne en dessous.',
  'Las hojas del libro están vacías. Rellene una con una fila de nombres de columnas y al menos una fila debajo.',
);

const refused = (said: Message): Problem => new Problem('invalid', { message: said });

/** The workbook isn't whole, or isn't what it says it is. */
export const brokenWorkbook = (): Problem => refused(broken);

/** The workbook can't be read without its password. */
export const lockedWorkbook = (): Problem => refused(locked);

/** Another archive than a workbook. */
export const otherThanWorkbook = (): Problem => refused(otherArchive);

/** A workbook without anything in it. */
export const nothingInWorkbook = (): Problem => refused(emptyWorkbook);

/** What a workbook would unpack to is beyond all measure, in megabytes. */
export const workbookTooLarge = (size: number, max: number): Problem =>
  new Problem('too-large', { message: tooLarge, params: { size, max } });

/** A row of a sheet holds more than fits in memory beside others. */
export const workbookRowTooLong = (line: number, max: number): Problem =>
  new Problem('invalid', { message: rowTooLong, params: { line, max } });

/** No sheet has the name that was asked for. */
export const unknownSheet = (sheet: string, known: readonly string[]): Problem =>
  new Problem('invalid', {
    mistakes: [
      {
        field: 'sheet',
        message: noSheet,
        params: { sheet: sheet.slice(0, 60), known: known.join(', ') },
        value: sheet,
      },
    ],
  });
