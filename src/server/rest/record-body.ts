import { maxRecords } from '../../engine/record/verbs.ts';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import type { Reader } from '../http/input.ts';

const notObjectOrList = message(
  'body-not-record',
  'The body must be a record as a JSON object, or up to 1,000 of them in an array.',
  'Le corps doit être une fiche sous forme d’objet JSON, ou un tableau d’au plus 1 000 fiches.',
  'El cuerpo debe ser un registro como objeto JSON, o una lista de hasta 1000.',
);
const notList = message(
  'body-not-list',
  'The body must be an array of 1 to 1,000 objects.',
  'Le corps doit être un tableau de 1 à 1 000 objets.',
  'El cuerpo debe ser una lista de 1 a 1000 objetos.',
);
const tooMany = message(
  'body-too-many',
  'An array holds at most 1,000 records; this one has {count}. Send several.',
  'Un tableau contient au plus 1 000 fiches ; celui-ci en a {count}. Envoyez-en plusieurs.',
  'Una lista contiene como máximo 1000 registros; esta tiene {count}. Envíe varias.',
);
const onlyIds = message(
  'body-only-ids',
  'Give the id alone: nothing else is changed here.',
  'Donnez seulement l’identifiant : rien d’autre n’est modifié ici.',
  'Dé solo el identificador: aquí no se cambia nada más.',
);
const notObject = message(
  'record-not-object',
  'Give a JSON object.',
  'Donnez un objet JSON.',
  'Dé un objeto JSON.',
);
const badId = message(
  'record-bad-id',
  'Give the id of a record.',
  'Donnez l’identifiant d’une fiche.',
  'Dé el identificador de un registro.',
);
const badVersion = message(
  'record-bad-version',
  'Give the version of the record that you read, a whole number from 1.',
  'Donnez la version de la fiche que vous avez lue, un nombre entier à partir de 1.',
  'Dé la versión del registro que leyó, un número entero desde 1.',
);
const noVersion = message(
  'record-version-missing',
  'Give the version of the record that you read, so that nobody’s change is overwritten.',
  'Donnez la version de la fiche que vous avez lue, pour n’écraser le changement de personne.',
  'Dé la versión del registro que leyó, para no sobrescribir el cambio de nadie.',
);
const otherId = message(
  'record-other-id',
  'This is another id than the address has. Leave it out.',
  'Cet identifiant n’est pas celui de l’adresse. Retirez-le.',
  'Este identificador no es el de la dirección. Quítelo.',
);

type Fields = Readonly<Record<string, unknown>>;

/** The values of one record inside a body. */
export const fieldValues: Reader<Fields> = (given) =>
  isObject(given) ? { value: given } : { mistake: { message: notObject } };

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The records of a creating request, one or many. */
export function creationBody(body: unknown): {
  readonly inputs: readonly Fields[];
  readonly isMany: boolean;
} {
  if (isObject(body)) return { inputs: [body], isMany: false };
  if (!Array.isArray(body)) throw new Problem('malformed', { message: notObjectOrList });
  return { inputs: listBody(body), isMany: true };
}

/** An array of 1 to 1,000 objects. */
export function listBody(body: unknown): readonly Fields[] {
  if (!Array.isArray(body) || body.length === 0) throw new Problem('malformed', { message: notList });
  if (body.length > maxRecords)
    throw new Problem('too-large', { message: tooMany, params: { count: body.length } });
  const mistakes = body.flatMap((item: unknown, index) =>
    isObject(item) ? [] : [{ field: `[${index}]`, message: notObject, value: item }],
  );
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  return body as readonly Fields[];
}

/** A record named in a body. */
export interface Named {
  readonly id: string;
  readonly version?: number;
  readonly values: Fields;
}

/** The changes of several records, each with its id; the versions may be left out. */
export function namedBodies(body: unknown): readonly Named[] {
  const mistakes: Mistake[] = [];
  const named = listBody(body).map(({ id, version, ...values }, index) => {
    const known = typeof id === 'string' ? id.toLowerCase() : '';
    if (!isId(known))
      mistakes.push({ field: `[${index}].id`, message: badId, ...(id === undefined ? {} : { value: id }) });
    mistakes.push(...versionMistakes(version, `[${index}].`));
    return { id: known, values, ...(typeof version === 'number' ? { version } : {}) };
  });
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  return named;
}

/** The ids of several records, each `{ id }`; anything besides is refused, since it would be lost. */
export function idBodies(body: unknown): readonly string[] {
  const named = namedBodies(body);
  const mistakes = named.flatMap(({ values, version }, index) =>
    [...Object.keys(values), ...(version === undefined ? [] : ['version'])].map(
      (name): Mistake => ({ field: `[${index}].${name.slice(0, 60)}`, message: onlyIds }),
    ),
  );
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  return named.map(({ id }) => id);
}

/** The change of one record; the version that was read is needed. */
export function changeBody(body: unknown, id: string): Named & { readonly version: number } {
  if (!isObject(body)) throw new Problem('malformed', { message: notObjectOrList });
  const { version, id: named, ...values } = body;
  const mistakes: Mistake[] = [
    ...(version === undefined ? [{ field: 'version', message: noVersion }] : versionMistakes(version, '')),
    ...(named === undefined || named === id ? [] : [{ field: 'id', message: otherId, value: named }]),
  ];
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  return { id, version: version as number, values };
}

function versionMistakes(version: unknown, path: string): readonly Mistake[] {
  if (
    version === undefined ||
    (typeof version === 'number' && Number.isInteger(version) && version >= 1 && version < 2 ** 31)
  )
    return [];
  return [{ field: `${path}version`, message: badVersion, value: version }];
}

/** Runs a verb on an array of one record, whose mistakes verbs tell without its place in the array. */
export async function inList<T>(count: number, verb: () => Promise<T>): Promise<T> {
  try {
    return await verb();
  } catch (error) {
    if (count !== 1 || !(error instanceof Problem) || !error.detail.mistakes) throw error;
    const mistakes = error.detail.mistakes.map((mistake) => ({
      ...mistake,
      field: mistake.field ? `[0].${mistake.field}` : '[0]',
    }));
    throw new Problem(error.code, { ...error.detail, mistakes });
  }
}
