import { reference } from '../../fields/reference/reference.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { snakeCase } from '../../lib/names.ts';
import type { Mistake } from '../../lib/problem.ts';
import { isCustomEntity, longestCustomName } from '../../model/custom-name.ts';
import { type Entity, entity, type LinkField, type RelatedList } from '../../model/entity.ts';
import type { Field, FieldSpec } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';
import { entityName, samePlural } from './messages.ts';
import { labelsIn, textIn } from './read-field.ts';

/** A field that an administrator declared, with where it is to be shown. */
export interface AddedField {
  readonly field: Field;
  /** Title of its section in the form; null = the last one. */
  readonly section: string | null;
  readonly inForm: boolean;
  readonly inList: boolean;
  readonly sortable: boolean;
  readonly searchable: boolean;
}

/** An entity on its way into the model: as code or its own record declares it, and what is added to it. */
export interface EntityDraft {
  readonly base: Entity;
  /** The record that declares it; null of one declared in code. */
  readonly values: Values | null;
  /** Whether it is served; a retired one is stored only. */
  readonly isServed: boolean;
  readonly added: AddedField[];
  /** Stored only: retired, or without what they refer to. */
  readonly kept: Field[];
  readonly related: RelatedList[];
  readonly links: Record<string, LinkField>;
}

/** A draft of an entity with nothing added yet. */
export const draftOf = (base: Entity, values: Values | null = null, isServed = true): EntityDraft => ({
  base,
  values,
  isServed,
  added: [],
  kept: [],
  related: [],
  links: {},
});

/** The mistakes in a custom entity’s own names. */
export function entityNameMistakes(values: Values): readonly Mistake[] {
  const wrong = ['name', 'plural'].flatMap((field): Mistake[] => {
    const given = textIn(values, field) ?? '';
    if (isCustomEntity(given) && given.length <= longestCustomName) return [];
    const example = field === 'name' ? 'x-project' : 'x-projects';
    return [{ field, message: entityName, params: { given, max: longestCustomName, example }, value: given }];
  });
  if (wrong.length > 0 || values.name !== values.plural) return wrong;
  return [
    {
      field: 'plural',
      message: samePlural,
      params: { example: `${String(values.name)}s` },
      value: values.plural,
    },
  ];
}

/** A custom entity as its record declares it: with a name, and for administrators until rights say more. */
export function entityOfValues(values: Values): Entity {
  const one = labelsIn(values, 'one');
  return entity<Record<string, FieldSpec>>({
    name: textIn(values, 'name') ?? '',
    plural: textIn(values, 'plural') ?? '',
    label: { one, many: labelsIn(values, 'many') },
    icon: textIn(values, 'icon') ?? 'circle',
    title: 'name',
    fields: { name: text({ label: labels('Name', 'Nom', 'Nombre'), required: true }) },
    sorts: ['name', '-updatedAt'],
    list: { columns: ['name'], sort: 'name' },
    form: [{ label: one, fields: ['name', 'owner', 'teams'] }],
    search: values.searchable === true ? ['name'] : [],
    importable: values.importable === true,
    navigation: values.navigation === true,
    access: {},
  });
}

/** The two references of the link entity of a relation between these entities: `contact` and `xProject`, or `contact` and `otherContact`. */
export function linkEnds(from: string, to: string): readonly [string, string] {
  const camel = (name: string): string =>
    name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const end = camel(to);
  return from === to ? [end, `other${end.charAt(0).toUpperCase()}${end.slice(1)}`] : [camel(from), end];
}

/** The name of the link entity of a many-to-many relation: `xSpeakers` → `x-speakers-link`. */
export const linkEntityName = (relation: string): string =>
  `${snakeCase(relation).replaceAll('_', '-')}-link`;

/** The entity whose records link those of two others. */
export function linkEntity(values: Values, from: Entity, to: Entity): Entity {
  const name = linkEntityName(textIn(values, 'name') ?? '');
  const [left, right] = linkEnds(from.name, to.name);
  const label = labelsIn(values, 'label');
  const back = labelsIn(values, 'backLabel');
  const both = labels(`${label.en} – ${back.en}`, `${label.fr} – ${back.fr}`, `${label.es} – ${back.es}`);
  return entity<Record<string, FieldSpec>>({
    name,
    plural: `${name}s`,
    label: { one: both, many: both },
    icon: 'link',
    title: right,
    fields: {
      [left]: reference({ label: from.label.one, to: from.name, required: true }),
      [right]: reference({ label: to.label.one, to: to.name, required: true }),
    },
    uniques: [{ fields: [left, right], label: both }],
    list: { columns: [left, right], sort: '-createdAt' },
    form: [{ label: both, fields: [left, right] }],
    importable: true,
    access: {},
  });
}
