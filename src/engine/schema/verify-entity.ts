import { fieldType } from '../../fields/index.ts';
import { actions } from '../../model/access.ts';
import type { Model } from '../../model/declarations.ts';
import { surely } from '../../model/duplicate.ts';
import type { Entity, LinkField } from '../../model/entity.ts';
import { likenessOf } from '../duplicates/likeness.ts';
import { personalMistakes } from '../erase/personal.ts';
import { canBeUnique } from './can-be-unique.ts';
import { readSort, sortColumn } from './sort-column.ts';
import { acrossMistakes } from './verify-across.ts';
import { expressionMistakes } from './verify-expression.ts';
import { isPath, pointsAt } from './verify-path.ts';

/** Mistakes in what an entity says of its own fields and of other entities: title, sorts, list, form, board, links, access. */
export function verifyEntity(model: Model, entity: Entity): readonly string[] {
  const named = (place: string, names: readonly string[]): readonly string[] =>
    names
      .filter((name) => !isPath(model, entity, name))
      .map((name) => `${place} names “${name}”, which it doesn’t have`);
  const mistakes = [
    ...named('title', [entity.title]),
    ...named('search', entity.search),
    ...named('list.columns', entity.list.columns),
    ...named('list.filters', entity.list.filters),
    ...entity.uniques.flatMap((unique) => named('uniques', unique.fields)),
    ...uniqueMistakes(entity),
    ...duplicateMistakes(entity),
    ...acrossMistakes(model, entity),
    ...formMistakes(entity),
    ...sortMistakes(entity),
    ...(entity.board ? named('board.card', entity.board.card) : []),
    ...boardMistakes(entity),
    ...Object.entries(entity.links).flatMap(([name, link]) => linkMistakes(model, entity, name, link)),
    ...relatedMistakes(model, entity),
    ...personalMistakes(entity),
    ...accessMistakes(model, entity),
  ];
  return mistakes.map((mistake) => `${entity.name}: ${mistake}`);
}

function uniqueMistakes(entity: Entity): readonly string[] {
  return entity.uniques.flatMap(({ fields }) => [
    ...(fields.length < 2 ? ['uniques: a single field is unique by its own setting'] : []),
    ...fields
      .map((name) => entity.fields[name])
      .filter((field) => field !== undefined && !canBeUnique(field))
      .map((field) => `uniques names “${field?.name}”, and a ${field?.type} can’t be unique`),
  ]);
}

function duplicateMistakes({ duplicates, fields }: Entity): readonly string[] {
  if (!duplicates) return [];
  const { criteria, threshold } = duplicates;
  const names = criteria.map(({ name }) => name);
  return [
    ...(criteria.length === 0 ? ['duplicates have no criterion'] : []),
    ...(threshold > 0 && threshold <= surely
      ? []
      : [`duplicates have the threshold ${threshold}: take 1 to ${surely}`]),
    ...names
      .filter((name, at) => names.indexOf(name) !== at)
      .map((name) => `duplicates have two criteria “${name}”`),
    ...criteria
      .filter(({ weight, unlike }) => !(weight > 0 && weight <= surely && unlike >= 0 && unlike <= surely))
      .map(({ name }) => `the criterion “${name}” of duplicates counts other than 1 to ${surely} points`),
    ...criteria.flatMap(({ name, anyOf }) => {
      const compared = anyOf.map((each) => fields[each]);
      const missing = anyOf.filter((each) => !fields[each]);
      const mute = compared.filter((field) => field && !likenessOf(field));
      return [
        ...missing.map((each) => `duplicates names “${each}”, which it doesn’t have`),
        ...mute.map((field) => `duplicates names “${field?.name}”, and a ${field?.type} tells no likeness`),
        ...(new Set(compared.map((field) => field?.type)).size > 1
          ? [`the criterion “${name}” of duplicates compares fields of several types`]
          : []),
      ];
    }),
  ];
}

function formMistakes(entity: Entity): readonly string[] {
  const shown = entity.form.flatMap((section) => section.fields);
  return [
    ...shown
      .filter((name) => !entity.fields[name])
      .map((name) => `form names “${name}”, which it doesn’t have`),
    ...new Set(
      shown.filter((name, at) => shown.indexOf(name) !== at).map((name) => `form shows “${name}” twice`),
    ),
  ];
}

function sortMistakes(entity: Entity): readonly string[] {
  return entity.sorts.flatMap((sort) => {
    const { field } = readSort(entity, sort);
    if (!field) return [`sorts name “${sort}”, which it doesn’t have`];
    return sortColumn(field) === null ? [`sorts name “${sort}”, and a ${field.type} has no order`] : [];
  });
}

function boardMistakes({ board, fields }: Entity): readonly string[] {
  if (!board) return [];
  const [by, sum] = [fields[board.by], board.sum === null ? null : fields[board.sum]];
  const hasColumns = by && (by.type === 'choice' || fieldType(by.type).target?.(by).to === 'list');
  return [
    ...(hasColumns ? [] : [`board.by names “${board.by}”, which must be a choice or a base value of it`]),
    ...(sum === null || sum?.type === 'money'
      ? []
      : [`board.sum names “${board.sum}”, which must be a money field of it`]),
  ];
}

function linkMistakes(model: Model, entity: Entity, name: string, link: LinkField): readonly string[] {
  const through = model.entities.get(link.through);
  if (entity.fields[name]) return [`the link “${name}” has the name of a field`];
  if (!through) return [`the link “${name}” goes through “${link.through}”, which no entity is called`];
  const mistakes: string[] = [];
  const to = through.fields[link.to];
  if (!pointsAt(through, link.from, entity.name)) {
    mistakes.push(
      `the link “${name}” starts from ${through.name}.${link.from}, which must be a reference to ${entity.name}`,
    );
  }
  if (!to || fieldType(to.type).target?.(to).to !== 'records') {
    mistakes.push(`the link “${name}” leads to ${through.name}.${link.to}, which must be a reference`);
  }
  if (link.primary !== undefined && through.fields[link.primary]?.type !== 'checkbox') {
    mistakes.push(
      `the link “${name}” has its primary at ${through.name}.${link.primary}, which must be a checkbox`,
    );
  }
  if (link.mirror !== undefined) mistakes.push(...mirrorMistakes(entity, name, link, through, link.mirror));
  return mistakes;
}

function mirrorMistakes(
  entity: Entity,
  name: string,
  link: LinkField,
  through: Entity,
  mirror: string,
): readonly string[] {
  const to = through.fields[link.to];
  const target = to ? fieldType(to.type).target?.(to) : undefined;
  const isSame = target?.to === 'records' && target.entities.some((one) => pointsAt(entity, mirror, one));
  return [
    ...(isSame
      ? []
      : [`the link “${name}” is mirrored by “${mirror}”, which must be a reference to where the link leads`]),
    ...(link.primary === undefined ? [`the link “${name}” has a mirror, so it needs a primary`] : []),
  ];
}

function relatedMistakes(model: Model, entity: Entity): readonly string[] {
  return entity.related.flatMap(({ entity: name, via, columns, quickAdd = [] }) => {
    const other = model.entities.get(name);
    if (!other) return [`related shows “${name}”, which no entity is called`];
    return [
      ...(pointsAt(other, via, entity.name)
        ? []
        : [`related goes via ${name}.${via}, which must refer to ${entity.name}`]),
      ...columns
        .filter((column) => !isPath(model, other, column))
        .map((column) => `related shows ${name}.${column}, which ${name} doesn’t have`),
      ...quickAdd
        .filter((field) => other.fields[field]?.readOnly !== false)
        .map((field) => `related asks for ${name}.${field}, which nobody can write`),
    ];
  });
}

function accessMistakes(model: Model, entity: Entity): readonly string[] {
  return Object.entries(entity.access).flatMap(([role, grant]) =>
    Object.entries(grant).flatMap(([action, level]) => {
      const where = `access of ${role} to ${action}`;
      if (!actions.some((known) => known === action))
        return [`${where}: an action is one of ${actions.join(', ')}`];
      if (typeof level === 'string') {
        return ['all', 'team', 'own', 'none'].includes(level) ? [] : [`${where}: “${level}” is no level`];
      }
      if ('when' in level)
        return expressionMistakes(model, entity, level.when).map((mistake) => `${where}: ${mistake}`);
      const field = entity.fields[level.through];
      return field && fieldType(field.type).target?.(field).to === 'records'
        ? []
        : [`${where} goes through “${level.through}”, which must be a reference of it`];
    }),
  );
}
