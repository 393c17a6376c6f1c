import type { Labels } from '../lib/locale.ts';
import { snakeCase } from '../lib/names.ts';
import type { BaseList } from '../model/base-list.ts';
import type { Model } from '../model/declarations.ts';
import type { Description, EntityDescription, FieldDescription } from '../model/description.ts';
import type { Entity } from '../model/entity.ts';
import { type Field, unconditional } from '../model/field.ts';
import type { KnownCode, Scope } from './scope.ts';

/**
 * What the names of an expression over an entity may mean, read from what the server described to a person: it
 * holds nothing that was kept from him. Null when he was told of no such entity.
 */
export function describedScope(description: Description, entity: string): Scope | null {
  const told = knownFrom(description);
  const found = told.model.entities.get(entity);
  return found ? { entity: found, ...told } : null;
}

type Known = Pick<Scope, 'model' | 'codes'>;
const known = new WeakMap<Description, Known>();

function knownFrom(description: Description): Known {
  const kept = known.get(description);
  if (kept) return kept;
  const entities = description.entities.map(entityFrom);
  const fields = description.entities.flatMap((entity) => entity.fields);
  const codes = new Map(
    fields.flatMap((field) => (field.list === null ? [] : [[field.list, codesOf(field)]])),
  );
  const model: Model = {
    entities: new Map(entities.map((entity) => [entity.name, entity])),
    byPlural: new Map(entities.map((entity) => [entity.plural, entity])),
    stored: entities,
    lists: new Map(
      fields.flatMap((field) => (field.list === null ? [] : [[field.list, listFrom(field, field.list)]])),
    ),
    rules: new Map(),
    verbs: new Map(),
    validations: new Map(),
    subscribers: new Map(),
  };
  const made = { model, codes: (list: string) => codes.get(list) ?? null };
  known.set(description, made);
  return made;
}

/** The reader's words stand for every language: he is the only one who will read them. */
const said = (text: string): Labels => ({ en: text, fr: text, es: text });

function entityFrom(told: EntityDescription): Entity {
  return {
    name: told.name,
    plural: told.plural,
    table: snakeCase(told.name),
    label: { one: said(told.label.one), many: said(told.label.many) },
    icon: told.icon,
    system: told.system,
    setup: false,
    title: told.title,
    fields: Object.fromEntries(told.fields.map((field) => [field.name, fieldFrom(field)])),
    links: Object.fromEntries(
      told.links.map(({ name, label, through, from, to }) => [
        name,
        { label: said(label), through, from, to },
      ]),
    ),
    uniques: [],
    sorts: [],
    list: told.list,
    form: [],
    related: [],
    board: null,
    search: [],
    duplicates: null,
    importable: told.importable,
    navigation: told.navigation,
    views: [],
    validations: [],
    access: {},
    managedBy: null,
  };
}

function fieldFrom(told: FieldDescription): Field {
  const [only, ...others] = told.to;
  return {
    name: told.name,
    type: told.type,
    label: said(told.label),
    help: told.help === null ? null : said(told.help),
    required: told.required,
    readOnly: told.readOnly,
    system: told.system,
    unique: told.unique,
    default: told.default,
    options: {
      ...told.options,
      ...(only === undefined ? {} : { to: others.length === 0 ? only : told.to }),
      ...(told.list === null ? {} : { list: told.list }),
      ...(told.list === null && told.values.length > 0 ? { values: codesOf(told) } : {}),
    },
    conditions: unconditional,
  };
}

const codesOf = ({ values }: FieldDescription): readonly KnownCode[] =>
  values.map(({ code, label }) => ({ code, label: said(label) }));

const listFrom = ({ label, classes }: FieldDescription, name: string): BaseList => ({
  name,
  label: said(label),
  classes: classes.map((one) => ({ code: one.code, label: said(one.label) })),
  values: [],
});
