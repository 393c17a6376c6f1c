import { fieldType } from '../../fields/index.ts';
import type { Setting } from '../../fields/setting.ts';
import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import type { Mistake } from '../../lib/problem.ts';
import { readValues } from './read-values.ts';

/** The names that options may refer to. */
export interface Names {
  readonly entities: readonly string[];
  readonly lists: readonly string[];
}

/** The options of a field as its type takes them, or what is wrong with them. */
export type ReadOptions =
  | { readonly options: Readonly<Record<string, unknown>> }
  | { readonly mistakes: readonly Mistake[] };

const noObject = message(
  'options-object',
  'Options are a JSON object like {example}.',
  'Les options sont un objet JSON comme {example}.',
  'Las opciones son un objeto JSON como {example}.',
);
const noOptions = message(
  'options-none',
  'A field of this type takes no option “{name}”; it takes {names}.',
  'Un champ de ce type n’a pas d’option « {name} » ; il accepte {names}.',
  'Un campo de este tipo no admite la opción «{name}»; admite {names}.',
);
const missing = message(
  'option-missing',
  'A field of this type needs the option “{name}”: {label}.',
  'Un champ de ce type demande l’option « {name} » : {label}.',
  'Un campo de este tipo necesita la opción «{name}»: {label}.',
);
const notWhole = message(
  'option-whole',
  '{label} is a whole number from {min} to {max}.',
  '{label} : un nombre entier de {min} à {max}.',
  '{label}: un número entero de {min} a {max}.',
);
const notDecimal = message(
  'option-decimal',
  '{label} is a number, or a decimal as text: "0.5".',
  '{label} : un nombre, ou un décimal en texte : "0.5".',
  '{label}: un número, o un decimal como texto: "0.5".',
);
const unknownName = message(
  'option-name',
  '“{given}” can’t be named here. Choose one of: {names}.',
  '« {given} » n’est pas possible ici. Choisissez parmi : {names}.',
  '«{given}» no es posible aquí. Elija entre: {names}.',
);

/** Reads the options an administrator gave a field of this type; `null` is none. */
export function readSettings(type: string, given: unknown, names: Names): ReadOptions {
  const settings = fieldType(type).settings ?? {};
  if (given !== null && (typeof given !== 'object' || Array.isArray(given)))
    return { mistakes: [{ field: '', message: noObject, params: { example: '{"max": 80}' }, value: given }] };
  const sent = (given ?? {}) as Readonly<Record<string, unknown>>;
  const known = Object.keys(settings);
  const mistakes: Mistake[] = Object.keys(sent)
    .filter((name) => !Object.hasOwn(settings, name))
    .map((name) => ({
      field: name.slice(0, 60),
      message: noOptions,
      params: { name: name.slice(0, 60), names: known.join(', ') || '—' },
    }));
  const options: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settings)) {
    const value = sent[name] ?? null;
    if (value === null) {
      if (setting.required)
        mistakes.push({ field: name, message: missing, params: { name, label: setting.label } });
      continue;
    }
    const read = readOne(setting, value, names);
    if ('value' in read) options[name] = read.value;
    else
      mistakes.push(
        ...read.mistakes.map((each) => ({ ...each, field: each.field ? `${name}.${each.field}` : name })),
      );
  }
  return mistakes.length > 0 ? { mistakes } : { options };
}

type One = { readonly value: unknown } | { readonly mistakes: readonly Mistake[] };

function readOne(setting: Setting, value: unknown, names: Names): One {
  const { label } = setting;
  switch (setting.kind) {
    case 'whole': {
      const { min, max } = setting;
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max)
        return { value };
      return { mistakes: [{ field: '', message: notWhole, params: { label, min, max }, value }] };
    }
    case 'decimal': {
      const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
      if (/^-?\d{1,15}(\.\d{1,8})?$/.test(text)) return { value: text };
      return { mistakes: [{ field: '', message: notDecimal, params: { label }, value }] };
    }
    case 'values':
      return readValues(value);
    case 'entity':
      return oneOf(value, names.entities);
    case 'list':
      return oneOf(value, names.lists);
    case 'entities': {
      const given = Array.isArray(value) ? (value as readonly unknown[]) : [value];
      const read = given.map((each) => oneOf(each, names.entities));
      const mistakes = read.flatMap((each) => ('mistakes' in each ? each.mistakes : []));
      return mistakes.length > 0 || given.length === 0
        ? { mistakes: mistakes.length > 0 ? mistakes.slice(0, 20) : refusedName(value, names.entities) }
        : { value: [...new Set(given)] };
    }
  }
}

const oneOf = (value: unknown, names: readonly string[]): One =>
  typeof value === 'string' && names.includes(value) ? { value } : { mistakes: refusedName(value, names) };

function refusedName(value: unknown, names: readonly string[]): readonly Mistake[] {
  const given = typeof value === 'string' ? value.slice(0, 60) : JSON.stringify(value).slice(0, 60);
  const near = typeof value === 'string' ? nearest(value.slice(0, 60), names) : null;
  return [
    {
      field: '',
      message: unknownName,
      params: { given, names: (near ? [near] : names).slice(0, 30).join(', ') || '—' },
      value,
    },
  ];
}
