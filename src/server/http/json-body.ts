import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { jsonPlace } from '../../lib/json-place.ts';
import { message } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';

const notUtf8 = message(
  'body-not-utf8',
  'The body isn’t UTF-8 text. Send JSON encoded as UTF-8.',
  'Le corps n’est pas un texte en UTF-8. Envoyez du JSON encodé en UTF-8.',
  'El cuerpo no es texto UTF-8. Envíe JSON codificado en UTF-8.',
);
const notJson = message(
  'body-not-json',
  'The body stops being JSON at line {line}, column {column}: “{near}” can’t stand there.',
  'Le corps cesse d’être du JSON à la ligne {line}, colonne {column} : « {near} » ne peut pas s’y trouver.',
  'El cuerpo deja de ser JSON en la línea {line}, columna {column}: «{near}» no puede estar ahí.',
);
const cutShort = message(
  'body-json-cut',
  'The body ends at line {line}, column {column}, before its JSON does: close what is open.',
  'Le corps finit à la ligne {line}, colonne {column}, avant son JSON : fermez ce qui est ouvert.',
  'El cuerpo acaba en la línea {line}, columna {column}, antes que su JSON: cierre lo que está abierto.',
);
const tooDeep = message(
  'body-too-deep',
  'The body is nested more than {max} levels deep. No value needs that.',
  'Le corps est imbriqué sur plus de {max} niveaux. Aucune valeur n’en a besoin.',
  'El cuerpo está anidado en más de {max} niveles. Ningún valor lo necesita.',
);
const badCharacter = message(
  'text-not-storable',
  'The text holds a character that can’t be kept (NUL or half a surrogate pair). Leave it out.',
  'Le texte contient un caractère qui ne peut être conservé (NUL ou demi-paire de substitution). Retirez-le.',
  'El texto contiene un carácter que no se puede guardar (NUL o medio par sustituto). Quítelo.',
);
const badKey = message(
  'unknown-key',
  'There is no field of this name. Leave it out.',
  'Il n’existe pas de champ de ce nom. Retirez-le.',
  'No hay ningún campo con ese nombre. Quítelo.',
);

const maxDepth = 20;

/** Takes JSON bodies and no others; every text in them can be stored as it is. */
export function takeJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => readJson(body),
  );
}

/** Reads a body; an empty one is undefined, so that the handler says what it wanted. */
export function readJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw new Problem('malformed', { message: notUtf8 });
  const text = body.toString('utf8');
  let value: unknown;
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    value = JSON.parse(json);
  } catch {
    const place = jsonPlace(json);
    throw new Problem('malformed', { message: place.near === '' ? cutShort : notJson, params: { ...place } });
  }
  check(value);
  return value;
}

function check(body: unknown): void {
  const mistakes: Mistake[] = [];
  const open: { value: unknown; path: string; depth: number }[] = [{ value: body, path: '', depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value === 'string' && !isStorable(value))
      mistakes.push({ field: path, message: badCharacter });
    if (typeof value !== 'object' || value === null) continue;
    if (depth === maxDepth) throw new Problem('malformed', { message: tooDeep, params: { max: maxDepth } });
    for (const [key, inner] of Object.entries(value)) {
      const at = Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
      if (key === '__proto__' || !isStorable(key))
        mistakes.push({ field: at.toWellFormed(), message: badKey });
      else open.push({ value: inner, path: at, depth: depth + 1 });
    }
  }
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes: mistakes.slice(0, 100) });
}

const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
