import { isCurrency } from '../../lib/currency.ts';
import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { ColumnMapping, ImportMapping, ValueChoice } from '../../model/import.ts';
import type { Ctx } from '../ctx.ts';
import { codeOf } from './known-values.ts';
import { isChoice, listOfTarget, mayCreateValues, type Target } from './targets.ts';

const notAMapping = message(
  'import-mapping-shape',
  'Give {expected} here.',
  'Donnez ici {expected}.',
  'Dé aquí {expected}.',
);
const unknownMember = message(
  'import-mapping-unknown',
  '“{name}” means nothing here. There are: {known}.',
  '« {name} » ne signifie rien ici. Il y a : {known}.',
  '«{name}» no significa nada aquí. Hay: {known}.',
);
const unknownColumn = message(
  'import-unknown-column',
  'The file has no column “{name}”.',
  'Le fichier n’a pas de colonne « {name} ».',
  'El archivo no tiene ninguna columna «{name}».',
);
const columnTwice = message(
  'import-column-twice',
  'The column “{name}” is named twice: say once where it goes.',
  'La colonne « {name} » figure deux fois : indiquez une seule fois où elle va.',
  'La columna «{name}» aparece dos veces: diga una sola vez adónde va.',
);
const unknownTarget = message(
  'import-unknown-target',
  '“{to}” can’t be filled by a column. Choose one of: {known}.',
  '« {to} » ne peut pas être rempli par une colonne. Choisissez parmi : {known}.',
  '«{to}» no se puede rellenar con una columna. Elija entre: {known}.',
);
const unknownTargetNear = message(
  'import-unknown-target-near',
  '“{to}” can’t be filled by a column. Did you mean “{near}”?',
  '« {to} » ne peut pas être rempli par une colonne. Vouliez-vous dire « {near} » ?',
  '«{to}» no se puede rellenar con una columna. ¿Quería decir «{near}»?',
);
const nothingMapped = message(
  'import-nothing-mapped',
  'No column goes anywhere: say at least of one what it fills.',
  'Aucune colonne n’est affectée : indiquez au moins pour une ce qu’elle remplit.',
  'Ninguna columna va a ninguna parte: diga al menos de una qué rellena.',
);
const needsSource = message(
  'import-required-unmapped',
  '{label} must be filled: map a column to it or give it a fixed value.',
  '{label} doit être rempli : affectez-lui une colonne ou donnez-lui une valeur fixe.',
  'Hay que rellenar {label}: asígnele una columna o dele un valor fijo.',
);
const badMatch = message(
  'import-bad-match',
  'Rows can’t be recognised by “{match}”. Choose the key or a field of text, e-mail, phone or number that a column fills.',
  'Les lignes ne peuvent pas être reconnues par « {match} ». Choisissez la clé, ou un champ texte, e-mail, téléphone ou nombre rempli par une colonne.',
  'Las filas no se pueden reconocer por «{match}». Elija la clave, o un campo de texto, correo, teléfono o número que rellene una columna.',
);
/** Said of a name of a system that can't be one. */
export const badSource = message(
  'import-bad-source',
  'Name the system the file comes from in 1 to 60 characters, for example “salesforce”.',
  'Nommez le système d’où vient le fichier en 1 à 60 caractères, par exemple « salesforce ».',
  'Indique el sistema del que viene el archivo con 1 a 60 caracteres, por ejemplo «salesforce».',
);
const badCurrency = message(
  'import-bad-currency',
  '“{value}” isn’t a currency: write its three letters, like EUR or USD.',
  '« {value} » n’est pas une devise : écrivez ses trois lettres, comme EUR ou USD.',
  '«{value}» no es una moneda: escriba sus tres letras, como EUR o USD.',
);
const unknownCode = message(
  'import-unknown-code',
  '“{code}” isn’t a value of {label}.',
  '« {code} » n’est pas une valeur de {label}.',
  '«{code}» no es un valor de {label}.',
);
const noCreate = message(
  'import-values-not-yours',
  'Only who keeps the lists may add values to {label}: map “{value}” to a value there is, leave it empty or refuse it.',
  'Seules les personnes qui gèrent les listes peuvent ajouter des valeurs à {label} : affectez « {value} » à une valeur existante, videz-la ou refusez-la.',
  'Solo quien gestiona las listas puede añadir valores a {label}: asigne «{value}» a un valor existente, déjelo vacío o rechácelo.',
);

/** Whether a system can be called so. */
export const isSource = (source: string): boolean => /^\S(.{0,58}\S)?$/u.test(source);

/** Reads what was sent as a mapping; what hasn't the shape of one is refused, every place of it at once. */
export function readMapping(sent: unknown): ImportMapping {
  const mistakes: Mistake[] = [];
  const mapping = shapeOf(sent, mistakes);
  if (!mapping) throw new Problem('invalid', { mistakes });
  return mapping;
}

/** Everything wrong with a mapping for the file's columns and the entity; it can be kept, but not worked by. */
export function mappingMistakes(
  ctx: Ctx,
  entity: Entity,
  headers: readonly string[],
  targets: ReadonlyMap<string, Target>,
  mapping: ImportMapping,
): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  if (!isSource(mapping.source)) {
    mistakes.push({ field: 'source', message: badSource, value: mapping.source });
  }
  if (mapping.currency !== undefined && !isCurrency(mapping.currency)) {
    mistakes.push({ field: 'currency', message: badCurrency, params: { value: mapping.currency } });
  }
  const seen = new Set<string>();
  for (const [index, column] of mapping.columns.entries()) {
    const field = `columns[${index}]`;
    const name = column.column.slice(0, 100);
    if (!headers.includes(column.column)) {
      mistakes.push({ field: `${field}.column`, message: unknownColumn, params: { name } });
    } else if (seen.has(column.column)) {
      mistakes.push({ field: `${field}.column`, message: columnTwice, params: { name } });
    }
    seen.add(column.column);
    if (column.to === null) continue;
    const target = targets.get(column.to);
    if (target) mistakes.push(...valueMistakes(ctx, target, column, field));
    else mistakes.push(targetMistake(`${field}.to`, column.to, targets));
  }
  for (const [index, constant] of (mapping.constants ?? []).entries()) {
    const target = targets.get(constant.to);
    if (!target || target.kind === 'key' || target.kind === 'link')
      mistakes.push(targetMistake(`constants[${index}].to`, constant.to, targets));
  }
  mistakes.push(...coverMistakes(entity, targets, mapping));
  return mistakes;
}

/** What is missing as a whole: nothing mapped, a required field without a source, rows that can't be recognised. */
function coverMistakes(
  entity: Entity,
  targets: ReadonlyMap<string, Target>,
  mapping: ImportMapping,
): readonly Mistake[] {
  const filled = new Set(mapping.columns.flatMap(({ to }) => (to === null ? [] : [to])));
  if (filled.size === 0) return [{ field: 'columns', message: nothingMapped }];
  const isFilled = (name: string): boolean =>
    [...filled, ...(mapping.constants ?? []).map(({ to }) => to)].some(
      (to) => to === name || to.startsWith(`${name}.`),
    );
  const match = targets.get(mapping.match);
  const isMatchGood = match?.isMatch && (mapping.match === 'externalKey' || filled.has(mapping.match));
  // Where every row may be an update, a required field may stay as it is; only a new record needs it.
  const missing = Object.values(entity.fields).filter(
    (field) => field.required && !field.readOnly && field.default === null && !isFilled(field.name),
  );
  return [
    ...missing.map(
      (field): Mistake => ({
        field: field.name,
        message: needsSource,
        params: { label: field.label },
      }),
    ),
    ...(isMatchGood ? [] : [{ field: 'match', message: badMatch, params: { match: mapping.match } }]),
  ];
}

function valueMistakes(ctx: Ctx, target: Target, column: ColumnMapping, field: string): readonly Mistake[] {
  const isListed = listOfTarget(target) !== null;
  const mayCreate = isListed && mayCreateValues(ctx);
  const mistakes: Mistake[] = [];
  const notCreated = (place: string, value: string): Mistake => ({
    field: place,
    message: noCreate,
    params: { label: target.label, value: value.slice(0, 60) },
  });
  if (column.unknown === 'create' && !mayCreate) mistakes.push(notCreated(`${field}.unknown`, '…'));
  for (const [text, choice] of Object.entries(column.values ?? {})) {
    const place = `${field}.values.${text.slice(0, 60)}`;
    if (typeof choice === 'string') {
      const isKnown =
        (isListed || isChoice(target)) && codeOf(ctx.workspace.baseValues, target, choice) !== null;
      if (!isKnown) {
        const params = { code: choice.slice(0, 60), label: target.label };
        mistakes.push({ field: place, message: unknownCode, params, value: choice });
      }
    } else if ('create' in choice && !mayCreate) mistakes.push(notCreated(place, text));
  }
  return mistakes;
}

function targetMistake(field: string, to: string, targets: ReadonlyMap<string, Target>): Mistake {
  const near = nearest(to, targets.keys());
  return near === null
    ? {
        field,
        message: unknownTarget,
        params: { to: to.slice(0, 60), known: [...targets.keys()].join(', ') },
      }
    : { field, message: unknownTargetNear, params: { to: to.slice(0, 60), near } };
}

/** The mapping as it was sent, if it has the shape of one. */
function shapeOf(sent: unknown, mistakes: Mistake[]): ImportMapping | null {
  const wrong = (field: string, expected: string, value: unknown): null => {
    mistakes.push({ field, message: notAMapping, params: { expected }, value });
    return null;
  };
  if (!isObject(sent)) return wrong('', '{ source, match, columns }', sent);
  mistakes.push(...unknownMembers(sent, '', members));
  const {
    source,
    match = 'externalKey',
    columns,
    constants,
    currency,
    decimal,
    dateOrder,
    country,
    duplicates,
  } = sent;
  if (typeof source !== 'string') wrong('source', '"salesforce"', source);
  if (typeof match !== 'string') wrong('match', '"externalKey"', match);
  if (currency !== undefined && typeof currency !== 'string') wrong('currency', '"EUR"', currency);
  if (country !== undefined && !(typeof country === 'string' && /^[A-Z]{2}$/.test(country)))
    wrong('country', '"FR"', country);
  if (duplicates !== undefined && !['create', 'update', 'skip', 'refuse'].includes(String(duplicates)))
    wrong('duplicates', '"create", "update", "skip", "refuse"', duplicates);
  if (decimal !== undefined && decimal !== '.' && decimal !== ',') wrong('decimal', '"." "," ', decimal);
  if (dateOrder !== undefined && !['ymd', 'dmy', 'mdy'].includes(String(dateOrder)))
    wrong('dateOrder', '"ymd", "dmy", "mdy"', dateOrder);
  if (!Array.isArray(columns)) wrong('columns', '[{ column, to }]', columns);
  else
    for (const [index, column] of columns.entries()) {
      checkColumn(column, `columns[${index}]`, wrong);
      mistakes.push(...unknownMembers(column, `columns[${index}].`, columnMembers));
    }
  if (constants !== undefined && !Array.isArray(constants)) wrong('constants', '[{ to, value }]', constants);
  else
    for (const [index, each] of ((constants ?? []) as unknown[]).entries()) {
      if (!isObject(each) || typeof each.to !== 'string' || typeof each.value !== 'string')
        wrong(`constants[${index}]`, '{ to, value }', each);
      mistakes.push(...unknownMembers(each, `constants[${index}].`, constantMembers));
    }
  return mistakes.length > 0 ? null : ({ ...sent, match } as unknown as ImportMapping);
}

const constantMembers = ['to', 'value'];
const columnMembers = ['column', 'to', 'by', 'unknown', 'values'];
const members = [
  'source',
  'match',
  'columns',
  'constants',
  'currency',
  'decimal',
  'dateOrder',
  'country',
  'duplicates',
];

/** What a part of a mapping says that nothing reads: a typing mistake would change what is imported in silence. */
const unknownMembers = (sent: unknown, place: string, known: readonly string[]): readonly Mistake[] =>
  !isObject(sent)
    ? []
    : Object.keys(sent)
        .filter((name) => !known.includes(name))
        .map((name) => {
          const near = nearest(name, known);
          const params = { name: name.slice(0, 60), known: near ?? known.join(', ') };
          return { field: `${place}${name.slice(0, 60)}`, message: unknownMember, params };
        });

function checkColumn(
  column: unknown,
  field: string,
  wrong: (field: string, expected: string, value: unknown) => null,
): void {
  if (!isObject(column) || typeof column.column !== 'string') {
    wrong(field, '{ column, to }', column);
    return;
  }
  const { to, by, unknown, values } = column;
  if (to !== null && typeof to !== 'string') wrong(`${field}.to`, '"name", null', to);
  if (by !== undefined && !['key', 'id', 'title'].includes(String(by)))
    wrong(`${field}.by`, '"key", "id", "title"', by);
  if (unknown !== undefined && !['create', 'refuse', 'empty'].includes(String(unknown)))
    wrong(`${field}.unknown`, '"create", "refuse", "empty"', unknown);
  if (values === undefined) return;
  if (!isObject(values)) {
    wrong(`${field}.values`, '{ "text": "code" }', values);
    return;
  }
  for (const [text, choice] of Object.entries(values))
    if (!isChoiceOfValue(choice))
      wrong(`${field}.values.${text.slice(0, 60)}`, '"code", { "create": true }, { "empty": true }', choice);
}

const isChoiceOfValue = (value: unknown): value is ValueChoice =>
  typeof value === 'string' ||
  (isObject(value) && ['create', 'empty', 'refuse'].some((word) => value[word] === true));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
