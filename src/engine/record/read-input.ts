import { fieldType } from '../../fields/index.ts';
import { takesOwnNumbers } from '../../fields/serial/serial.ts';
import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import { sameValue } from '../../model/rule.ts';
import { mayWrite, readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { readEnv } from './codec.ts';
import type { ExternalKey, Input } from './draft.ts';

const unknownField = message(
  'unknown-field',
  'There is no field “{name}”.',
  'Il n’y a pas de champ « {name} ».',
  'No hay ningún campo «{name}».',
);
const unknownFieldNear = message(
  'unknown-field-near',
  'There is no field “{name}”. Did you mean “{near}”?',
  'Il n’y a pas de champ « {name} ». Vouliez-vous dire « {near} » ?',
  'No hay ningún campo «{name}». ¿Quería decir «{near}»?',
);
const readOnly = message(
  'read-only',
  '{label} is set by the system and can’t be written: leave it out.',
  '{label} est rempli par le système et ne peut pas être écrit : ne l’envoyez pas.',
  '{label} lo rellena el sistema y no se puede escribir: no lo envíe.',
);
const notWritable = message(
  'field-write-forbidden',
  '{label}: your roles let you see this field, but not change it. Leave it as it is, or ask an administrator.',
  '{label} : vos rôles vous permettent de voir ce champ, mais pas de le modifier. Laissez-le tel quel, ou adressez-vous à un administrateur.',
  '{label}: sus roles le permiten ver este campo, pero no cambiarlo. Déjelo como está o pregunte a un administrador.',
);
const badKeys = message(
  'bad-external-keys',
  'External keys are a list of up to 20 { source, key }, each a text of 1 to 200 characters.',
  'Les clés externes sont une liste de 20 { source, key } au plus, chacune un texte de 1 à 200 caractères.',
  'Las claves externas son una lista de hasta 20 { source, key }, cada una un texto de 1 a 200 caracteres.',
);
const noKeys = message(
  'no-external-keys',
  '{label} don’t have external keys.',
  '{label} : pas de clés externes.',
  '{label} no tienen claves externas.',
);

/** What one input says, as canonical values, with every mistake in its form. */
export interface ReadInput {
  readonly values: Record<string, unknown>;
  readonly given: ReadonlySet<string>;
  readonly keys: readonly ExternalKey[];
  readonly mistakes: Mistake[];
}

/** True when the writer may not know of the field at all. */
export const isHidden = (ctx: Ctx, entity: Entity, field: string): boolean =>
  !Object.hasOwn(readableFields(ctx, entity), field);

/** Reads what was sent for one record; `before` is the stored record of a change, null for a new one. */
export function readInput(ctx: Ctx, entity: Entity, input: Input, before: Values | null): ReadInput {
  const values: Record<string, unknown> = {};
  const given = new Set<string>();
  const mistakes: Mistake[] = [];
  const env = readEnv(ctx);
  for (const [name, value] of Object.entries(input)) {
    if (name === 'can' || name === 'version' || name === 'externalKeys') continue;
    const field = Object.hasOwn(entity.fields, name) ? entity.fields[name] : undefined;
    if (!field || isHidden(ctx, entity, name)) {
      mistakes.push(unknown(ctx, entity, name));
      continue;
    }
    const isOwnNumber = ctx.door === 'import' && before?.[name] == null && takesOwnNumbers(field);
    const isSystems = field.readOnly && ctx.door !== 'system' && !ctx.writesReadOnly && !isOwnNumber;
    const isLocked = isSystems || !mayWrite(ctx, entity, name);
    const locked = {
      field: name,
      message: isSystems ? readOnly : notWritable,
      params: { label: field.label },
      value,
    };
    const read = fieldType(field.type).read(value, field, env, before?.[name] ?? null);
    if ('mistakes' in read) {
      mistakes.push(
        ...(isLocked
          ? [locked]
          : read.mistakes.map((m) => ({ ...m, field: m.field ? `${name}.${m.field}` : name }))),
      );
    } else if (isLocked) {
      // A record sent back as it was read is no attempt to change what can't be changed.
      if (!sameValue(read.value, before?.[name] ?? null)) {
        mistakes.push(locked);
      }
    } else {
      values[name] = read.value;
      given.add(name);
    }
  }
  return { values, given, keys: readKeys(entity, input.externalKeys, mistakes), mistakes };
}

function unknown(ctx: Ctx, entity: Entity, name: string): Mistake {
  return unknownName(name, Object.keys(readableFields(ctx, entity)));
}

/** The mistake of a name that means nothing among the names there are. */
export function unknownName(name: string, known: readonly string[]): Mistake {
  const near = nearest(name, known);
  return near
    ? { field: name, message: unknownFieldNear, params: { name, near } }
    : { field: name, message: unknownField, params: { name } };
}

function readKeys(entity: Entity, sent: unknown, mistakes: Mistake[]): readonly ExternalKey[] {
  if (sent === undefined || sent === null) return [];
  if (!entity.importable) {
    mistakes.push({ field: 'externalKeys', message: noKeys, params: { label: entity.label.many } });
    return [];
  }
  const isText = (value: unknown): value is string =>
    typeof value === 'string' && value.length >= 1 && value.length <= 200 && !value.includes('\0');
  const isGood =
    Array.isArray(sent) &&
    sent.length <= 20 &&
    sent.every((each: unknown) => {
      const { source, key } = (each ?? {}) as Record<string, unknown>;
      return isText(source) && isText(key);
    });
  if (!isGood) {
    mistakes.push({ field: 'externalKeys', message: badKeys, value: sent });
    return [];
  }
  return (sent as ExternalKey[]).map(({ source, key }) => ({ source, key }));
}
