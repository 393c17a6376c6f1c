import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';

const unknownField = message(
  'unknown-field-of',
  '“{name}” isn’t a field of {entity}.',
  '« {name} » n’est pas un champ de {entity}.',
  '«{name}» no es un campo de {entity}.',
);
const unknownFieldNear = message(
  'unknown-field-near-of',
  '“{name}” isn’t a field of {entity}; did you mean “{near}”?',
  '« {name} » n’est pas un champ de {entity} ; vouliez-vous dire « {near} » ?',
  '«{name}» no es un campo de {entity}; ¿quería decir «{near}»?',
);
const notSortable = message(
  'not-sortable',
  'A list can’t be sorted by “{name}”.',
  'Une liste ne peut pas être triée par « {name} ».',
  'Una lista no puede ordenarse por «{name}».',
);
const badLimit = message(
  'bad-limit',
  'A page holds 1 to {max} records.',
  'Une page contient de 1 à {max} fiches.',
  'Una página contiene de 1 a {max} registros.',
);
const badCursor = message(
  'bad-cursor',
  'This page marker isn’t one of ours or belongs to another sort or filter; ask for the first page again.',
  'Ce repère de page n’est pas valable ou appartient à un autre tri ou filtre ; redemandez la première page.',
  'Este marcador de página no es válido o pertenece a otro orden o filtro; vuelva a pedir la primera página.',
);
const tooManyToSort = message(
  'too-many-to-sort',
  'More than {max} records match, which is too many to sort by “{sort}”. Narrow the filter, or sort by: {sorts}.',
  'Plus de {max} fiches correspondent, c’est trop pour trier par « {sort} ». Resserrez le filtre ou triez par : {sorts}.',
  'Coinciden más de {max} registros, demasiados para ordenar por «{sort}». Acote el filtro u ordene por: {sorts}.',
);

/** Refuses a path that names no field the reader may see, with the name that was perhaps meant. */
export function refuseUnknown(o: {
  readonly parameter: string;
  readonly path: string;
  readonly name: string;
  readonly entity: Entity;
  readonly known: readonly string[];
}): Problem {
  const near = nearest(o.name, o.known);
  const params = { name: o.name, entity: o.entity.label.one };
  return new Problem('invalid', {
    mistakes: [
      near === null
        ? { field: o.parameter, message: unknownField, params, value: o.path }
        : { field: o.parameter, message: unknownFieldNear, params: { ...params, near }, value: o.path },
    ],
  });
}

/** Refuses a sort by something that has no order. */
export const refuseSort = (path: string): Problem =>
  new Problem('invalid', {
    mistakes: [{ field: 'sort', message: notSortable, params: { name: path }, value: path }],
  });

/** Refuses a page size. */
export const refuseLimit = (value: unknown, max: number): Problem =>
  new Problem('invalid', { mistakes: [{ field: 'limit', message: badLimit, params: { max }, value }] });

/** Refuses a cursor that isn't ours or belongs to another list. */
export const refuseCursor = (value: string): Problem =>
  new Problem('invalid', { mistakes: [{ field: 'after', message: badCursor, value }] });

/** Refuses to sort more records than an order without an index may take. */
export function refuseSortSize(ctx: Ctx, entity: Entity, sort: string, max: number): Problem {
  const seen = readableFields(ctx, entity);
  const sorts = entity.sorts.filter((each) => Object.hasOwn(seen, each.replace(/^-/, '')));
  const params = { max: new Intl.NumberFormat(ctx.locale).format(max), sort, sorts: sorts.join(', ') };
  return new Problem('invalid', {
    mistakes: [{ field: 'sort', message: tooManyToSort, params, value: sort }],
  });
}

const noRecord = message(
  'record-not-found',
  '{label}: no record has the id {id}, or you may not see it.',
  '{label} : aucune fiche n’a l’identifiant {id}, ou vous n’y avez pas accès.',
  '{label}: ningún registro tiene el identificador {id}, o no puede verlo.',
);

/** What isn't there and what the reader may not see are refused alike, so that nobody learns which. */
export const refuseMissing = (entity: Entity, id: string): Problem =>
  new Problem('not-found', { message: noRecord, params: { label: entity.label.one, id: id.slice(0, 60) } });
