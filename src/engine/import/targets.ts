import { choiceCodes, choiceLabel } from '../../fields/choice-values.ts';
import { fieldType } from '../../fields/index.ts';
import { takesOwnNumbers } from '../../fields/serial/serial.ts';
import { type Labels, labels } from '../../lib/locale.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity, LinkField } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { ImportTarget } from '../../model/import.ts';
import { mayEver } from '../access/access.ts';
import { writableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';

/** Something a column may fill, with what the engine knows of it. */
export interface Target {
  readonly to: string;
  readonly kind: ImportTarget['kind'];
  readonly label: Labels;
  /** Of all but keys and links. */
  readonly field: Field | null;
  /** Part of a composite field; '' = the field itself. */
  readonly part: string;
  readonly link: LinkField | null;
  /** Of references and links: the entities a cell may name. */
  readonly names: readonly string[];
  readonly isRequired: boolean;
  readonly isMatch: boolean;
}

const keyLabel = labels('Key in the other system', 'Clé dans l’autre système', 'Clave en el otro sistema');
const also = labels('also belongs to', 'appartient aussi à', 'pertenece también a');

const matchTypes = new Set(['text', 'email', 'url']);

/** All that columns may fill of an entity, for one who imports into it. */
export function targetsFor(ctx: Ctx, entity: Entity): readonly Target[] {
  const targets: Target[] = [bare('externalKey', 'key', keyLabel)];
  for (const field of Object.values(writableFields(ctx, entity))) {
    if (field.readOnly && !takesOwnNumbers(field)) continue;
    targets.push(...targetsOfField(field));
  }
  for (const [name, link] of Object.entries(entity.links)) {
    const through = entityOf(ctx.workspace.model, link.through);
    if (!mayEver(ctx, through, 'create')) continue;
    const to = entityOf(ctx.workspace.model, targetEntity(through, link));
    targets.push({
      ...bare(`link:${name}`, 'link', joined(link.label, also, to.label.one)),
      link,
      names: [to.name],
    });
    if (link.primary && !link.mirror) {
      const primary = through.fields[link.primary]?.label ?? link.label;
      targets.push({
        ...bare(`link:${name}:primary`, 'link', joined(link.label, primary)),
        link,
        names: [to.name],
      });
    }
  }
  return targets;
}

/** The entity at the other end of a relation. */
function targetEntity(through: Entity, link: LinkField): string {
  const to = through.fields[link.to]?.options.to;
  return typeof to === 'string' ? to : '';
}

function targetsOfField(field: Field): readonly Target[] {
  const type = fieldType(field.type);
  const target = type.target?.(field);
  const names = target?.to === 'records' ? target.entities : [];
  const isRequired = field.required && field.default === null;
  const parts = Object.entries(type.textParts?.(field) ?? {});
  const whole: Target = {
    ...bare(field.name, names.length > 0 ? 'reference' : 'field', field.label),
    field,
    names,
    isRequired,
    isMatch: matchTypes.has(field.type) && type.paths(field)[''] !== undefined,
  };
  return [
    whole,
    ...parts.map(
      ([part, label]): Target => ({
        ...bare(`${field.name}.${part}`, 'part', joined(field.label, label)),
        field,
        part,
      }),
    ),
  ];
}

const bare = (to: string, kind: Target['kind'], label: Labels): Target => ({
  to,
  kind,
  label,
  field: null,
  part: '',
  link: null,
  names: [],
  isRequired: false,
  isMatch: to === 'externalKey',
});

const joined = (...parts: readonly Labels[]): Labels => ({
  en: parts.map((part) => part.en).join(' · '),
  fr: parts.map((part) => part.fr).join(' · '),
  es: parts.map((part) => part.es).join(' · '),
});

/** The list whose values a target's cells name; null when they name none. */
export function listOfTarget(target: Target): string | null {
  const found = target.field && fieldType(target.field.type).target?.(target.field);
  return found?.to === 'list' ? found.list : null;
}

/** True of targets whose cells hold one of a closed set of values. */
export const isChoice = (target: Target): boolean => target.field?.type === 'choice';

/** Whether the importer may add values to lists. */
export const mayCreateValues = (ctx: Ctx): boolean =>
  mayEver(ctx, entityOf(ctx.workspace.model, 'base-value'), 'create');

/** A target as the browser sees it, in the reader's language. */
export function targetOut(ctx: Ctx, target: Target): ImportTarget {
  const list = listOfTarget(target);
  const { field } = target;
  const values = list
    ? ctx.workspace.baseValues
        .all(list)
        .filter((value) => value.active)
        .map((value) => ({ code: value.code, label: value.label[ctx.locale] }))
    : field && isChoice(target)
      ? choiceCodes(field).map((code) => ({ code, label: choiceLabel(code, field, ctx.locale) }))
      : [];
  return {
    to: target.to,
    label: target.label[ctx.locale],
    kind: target.kind,
    type: field?.type ?? (target.kind === 'key' ? 'external-key' : 'link'),
    required: target.isRequired,
    isMatch: target.isMatch,
    entity: target.names[0] ?? null,
    values,
    canCreateValues: list !== null && mayCreateValues(ctx),
  };
}
