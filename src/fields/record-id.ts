import { isId } from '../lib/ids.ts';
import { labels } from '../lib/locale.ts';
import { message } from '../lib/message.ts';
import type { Field } from '../model/field.ts';
import { isRefusal, quoted, type Refusal, readParts, refused, wrongType } from './read-result.ts';

/** A record named by its key in another system, which the engine replaces by the record's id before anything else. */
export interface ExternalKey {
  readonly source: string;
  readonly key: string;
}

const badId = message(
  'id-unknown',
  '“{value}” isn’t an id; send the record’s id, like 01932c07-a000-7000-8000-000000000001',
  '« {value} » n’est pas un identifiant ; envoyez celui de la fiche, comme 01932c07-a000-7000-8000-000000000001',
  '«{value}» no es un identificador; envíe el del registro, como 01932c07-a000-7000-8000-000000000001',
);
const badKey = message(
  'external-key-unknown',
  'An external key needs a source and a key, both texts of at most 200 characters',
  'Une clé externe demande une source et une clé, textes de 200 caractères au plus',
  'Una clave externa necesita un origen y una clave, textos de 200 caracteres como máximo',
);
const aReference = labels(
  'a record, as its id, {"id": …} or {"source": …, "key": …}',
  'une fiche, par son id, {"id": …} ou {"source": …, "key": …}',
  'un registro, por su id, {"id": …} o {"source": …, "key": …}',
);

/** True when a reference was sent as the key of another system and isn't resolved yet. */
export const isExternalKey = (value: unknown): value is ExternalKey =>
  typeof value === 'object' && value !== null && 'source' in value && 'key' in value && !('id' in value);

/** Reads an id; upper-case letters are made small. */
export function readId(input: unknown, part = ''): { readonly value: string } | Refusal {
  if (typeof input !== 'string') return wrongType(aReference, input, part);
  const id = input.slice(0, 100).trim().toLowerCase();
  return isId(id) ? { value: id } : refused(badId, { value: quoted(input) }, input, part);
}

/** Reads one reference as doors write it: an id, `{ id }` as doors answer it, or `{ source, key }`. */
export function readReference(input: unknown): { readonly value: string | ExternalKey } | Refusal {
  if (typeof input === 'string') return readId(input);
  const read = readParts(input, ['id', 'label', 'entity', 'source', 'key'], aReference);
  if (isRefusal(read)) return read;
  const { parts } = read;
  if (parts.has('id')) return readId(parts.get('id'), 'id');
  if (!parts.has('source') && !parts.has('key')) return wrongType(aReference, input);
  const [source, key] = [keyText(parts.get('source')), keyText(parts.get('key'))];
  return source === null || key === null ? refused(badKey, {}, input) : { value: { source, key } };
}

function keyText(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 200 || !value.isWellFormed() || /\p{Cc}/u.test(value))
    return null;
  return value.trim() === '' ? null : value.trim();
}

/** An id as it may be stored; an unresolved external key here is a mistake of the program. */
export function storedId(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  throw new Error(`an external key was not resolved before storing: ${JSON.stringify(value)}`);
}

/** The entities a reference may name. */
export const targetsOf = (field: Field): readonly string[] => {
  const to = field.options.to;
  return Array.isArray(to) ? to.map(String) : typeof to === 'string' ? [to] : [];
};

/** The label that the engine put beside an id, else the id. */
export const labelOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value);
  const { label, id } = value as { readonly label?: unknown; readonly id?: unknown };
  return typeof label === 'string' ? label : String(id ?? '');
};

/** An id for examples. */
export const exampleId = '01932c07-a000-7000-8000-000000000001';

/** The JSON Schema of one reference in each direction. */
export const referenceSchema = (direction: 'in' | 'out'): Readonly<Record<string, unknown>> => {
  const uuid = { type: 'string', format: 'uuid' };
  const answered = {
    type: 'object',
    properties: { id: uuid, label: { type: ['string', 'null'] }, entity: { type: 'string' } },
    required: ['id'],
    additionalProperties: false,
  };
  if (direction === 'out') return { ...answered, required: ['id', 'label'] };
  const text = { type: 'string', minLength: 1, maxLength: 200 };
  const external = {
    type: 'object',
    properties: { source: text, key: text },
    required: ['source', 'key'],
    additionalProperties: false,
  };
  return { oneOf: [uuid, answered, external] };
};

/** Reports a reference that names no entity, one twice, or (`single`) several. */
export function verifyTargets(field: Field, single: boolean): readonly string[] {
  const targets = targetsOf(field);
  if (targets.length === 0) return ['names no entity in `to`'];
  if (single && targets.length > 1) return ['names several entities in `to`: use anyReference'];
  return new Set(targets).size < targets.length ? ['names an entity twice in `to`'] : [];
}
