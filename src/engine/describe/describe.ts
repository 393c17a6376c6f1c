import type { Reach } from '../../model/access.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Description, EntityDescription, LinkDescription } from '../../model/description.ts';
import type { Entity } from '../../model/entity.ts';
import { levelFor, mayEver, refuseReading } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import { hasSpecial } from '../access/special.ts';
import type { Ctx } from '../ctx.ts';
import { personalFields } from '../erase/personal.ts';
import { isMergeable } from '../merge/mergeable.ts';
import { defaultSort } from '../query/order.ts';
import { describeComparedWith } from './describe-compared-with.ts';
import { describeValidations } from './describe-conditions.ts';
import { fieldDescription } from './describe-field.ts';
import { verbDescriptions } from './describe-verbs.ts';
import { describeViews } from './describe-views.ts';

/** All that the browser needs to know of the declarations, in the reader's language, trimmed to what he may read. */
export const describe = (ctx: Ctx): Description => ({
  entities: [...ctx.workspace.model.entities.values()]
    .filter((entity) => mayEver(ctx, entity, 'read'))
    .map((entity) => entityDescription(ctx, entity)),
  lists: hasSpecial(ctx, 'manage-lists') ? listDescriptions(ctx) : [],
});

/** The lists of values, for those who keep them; to others a field tells the values it takes. */
const listDescriptions = (ctx: Ctx): Description['lists'] =>
  [...ctx.workspace.model.lists.values()].map(({ name, label, classes, hasProbability }) => ({
    name,
    label: label[ctx.locale],
    classes: (classes ?? []).map((one) => ({ code: one.code, label: one.label[ctx.locale] })),
    hasProbability: hasProbability ?? false,
  }));

/** One entity as `describe` tells it; refused to who may read none of its records. */
export function describeEntity(ctx: Ctx, entity: Entity): EntityDescription {
  refuseReading(ctx, entity);
  return entityDescription(ctx, entity);
}

function entityDescription(ctx: Ctx, entity: Entity): EntityDescription {
  const { locale } = ctx;
  const fields = readableFields(ctx, entity);
  const shown = (names: readonly string[]): string[] => names.filter((name) => Object.hasOwn(fields, name));
  return {
    name: entity.name,
    plural: entity.plural,
    label: { one: entity.label.one[locale], many: entity.label.many[locale] },
    icon: entity.icon,
    navigation: entity.navigation,
    system: entity.system,
    title: entity.title,
    fields: Object.values(fields).map((field) => fieldDescription(ctx, entity, field)),
    links: linksOf(ctx, entity),
    list: {
      columns: shown(entity.list.columns),
      sort: defaultSort(ctx, entity),
      filters: shown(entity.list.filters),
    },
    form: entity.form
      .map((section) => ({ label: section.label[locale], fields: shown(section.fields) }))
      .filter((section) => section.fields.length > 0),
    related: relatedOf(ctx, entity),
    board:
      entity.board && Object.hasOwn(fields, entity.board.by)
        ? {
            by: entity.board.by,
            sum: shown([entity.board.sum ?? ''])[0] ?? null,
            card: shown(entity.board.card),
          }
        : null,
    validations: describeValidations(ctx, entity),
    views: describeViews(ctx, entity),
    searchable: entity.search.length > 0,
    importable: entity.importable,
    mergeable:
      isMergeable(ctx.workspace.model, entity) &&
      mayEver(ctx, entity, 'update') &&
      mayEver(ctx, entity, 'remove'),
    can: {
      create: mayEver(ctx, entity, 'create') && !isMadeByEngine(entity),
      update: mayEver(ctx, entity, 'update'),
      remove: mayEver(ctx, entity, 'remove'),
      import: entity.importable && mayEver(ctx, entity, 'import'),
      export: mayEver(ctx, entity, 'export'),
      massChange: mayEver(ctx, entity, 'massChange'),
    },
    verbs: verbDescriptions(ctx, entity),
    mayErase: hasSpecial(ctx, 'erase') && personalFields(entity).length > 0,
    duplicateFields: shown([...new Set((entity.duplicates?.criteria ?? []).flatMap(({ anyOf }) => anyOf))]),
    duplicateMatching: matchingToChange(ctx, entity),
    comparedWith: describeComparedWith(ctx, entity),
    createThrough: throughOf(levelFor(ctx, entity, 'create')),
  };
}

/** What is compared, as delivered, for those who may say what it counts. */
function matchingToChange(ctx: Ctx, entity: Entity): EntityDescription['duplicateMatching'] {
  const { duplicates } = entity;
  const mayChange = mayEver(ctx, entityOf(ctx.workspace.model, 'duplicate-rule'), 'create');
  if (!duplicates || !mayChange) return null;
  const seen = readableFields(ctx, entity);
  const criteria = duplicates.criteria
    .map((each) => ({ ...each, anyOf: each.anyOf.filter((name) => Object.hasOwn(seen, name)) }))
    .filter(({ anyOf }) => anyOf.length > 0);
  return { threshold: duplicates.threshold, criteria };
}

/** Records that need values which only the engine writes aren't made by hand, whatever one's rights. */
const isMadeByEngine = (entity: Entity): boolean =>
  Object.values(entity.fields).some((field) => field.required && field.readOnly && field.default === null);

const throughOf = (level: Reach): string | null => (typeof level === 'object' ? level.through : null);

/** The entity of that name, when the reader may read any of its records. */
function readable(ctx: Ctx, name: string): Entity | null {
  const entity = ctx.workspace.model.entities.get(name);
  return entity && mayEver(ctx, entity, 'read') ? entity : null;
}

function linksOf(ctx: Ctx, entity: Entity): readonly LinkDescription[] {
  return Object.entries(entity.links).flatMap(([name, link]) => {
    const through = readable(ctx, link.through);
    const target = through?.fields[link.to]?.options.to;
    const to = typeof target === 'string' ? readable(ctx, target) : null;
    const seen = through ? readableFields(ctx, through) : {};
    if (!through || !to || !Object.hasOwn(seen, link.from) || !Object.hasOwn(seen, link.to)) return [];
    const { from, label } = link;
    const primary = link.primary !== undefined && Object.hasOwn(seen, link.primary) ? link.primary : null;
    return [
      {
        name,
        label: label[ctx.locale],
        through: link.through,
        from,
        to: link.to,
        toEntity: to.name,
        primary,
      },
    ];
  });
}

function relatedOf(ctx: Ctx, entity: Entity): EntityDescription['related'] {
  return entity.related.flatMap((list) => {
    const other = readable(ctx, list.entity);
    const fields = other && readableFields(ctx, other);
    if (!other || !fields || !Object.hasOwn(fields, list.via)) return [];
    const columns = list.columns.filter((name) => Object.hasOwn(fields, name.split('.')[0] ?? ''));
    const quickAdd = (list.quickAdd ?? []).filter((name) => Object.hasOwn(fields, name));
    const label = (list.label ?? other.label.many)[ctx.locale];
    return [{ entity: other.name, via: list.via, columns, quickAdd, label }];
  });
}
