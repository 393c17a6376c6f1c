import { reference } from '../../fields/reference/reference.ts';
import type { Mistake } from '../../lib/problem.ts';
import { isCustomField, longestCustomName } from '../../model/custom-name.ts';
import { ownField } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import { entityMistakes } from './add-fields.ts';
import type { Declaration } from './declarations.ts';
import { draftOf, linkEnds, linkEntity } from './entity-draft.ts';
import type { Extension } from './extension.ts';
import { claimOf } from './find-doubles.ts';
import { fieldName } from './messages.ts';
import { labelsIn, textIn } from './read-field.ts';

/** Adds custom relations: first the entities that link records of two others, later the references of one to many. */
export function addRelations(
  extension: Extension,
  relations: readonly Declaration[],
  which: 'links' | 'references',
): void {
  for (const relation of relations) {
    if (which === 'links' && relation.values.kind === 'many-to-many') addLink(extension, relation);
    if (which === 'references' && relation.values.kind === 'one-to-many') addReference(extension, relation);
  }
}

/** Many to many: an entity whose records link, a relation on both sides, and the lists that show it. */
function addLink(extension: Extension, declaration: Declaration): void {
  const { drafts, claims, isRetired, refuse } = extension;
  const { id, retired, values } = declaration;
  const wrong = [...endMistakes(extension, values), ...nameMistakes(values, ['name', 'backName'])];
  refuse(id, wrong);
  const [from, to] = [drafts.get(textIn(values, 'from') ?? ''), drafts.get(textIn(values, 'to') ?? '')];
  if (!from || !to || from.base.system || to.base.system || wrong.some(({ field }) => field === 'name'))
    return;
  const link = linkEntity(values, from.base, to.base);
  const [name, backName] = [textIn(values, 'name') ?? '', textIn(values, 'backName') ?? ''];
  for (const taken of [link.name, link.plural])
    claims.push({ id, retired, entity: '', name: taken, columns: [], label: link.label.one, at: 'name' });
  claims.push({
    id,
    retired,
    entity: from.base.name,
    name,
    columns: [],
    label: labelsIn(values, 'label'),
    at: 'name',
  });
  claims.push({
    id,
    retired,
    entity: to.base.name,
    name: backName,
    columns: [],
    label: labelsIn(values, 'backLabel'),
    at: 'backName',
  });
  const isServed = !isRetired(declaration) && wrong.length === 0;
  if (!drafts.has(link.name)) drafts.set(link.name, draftOf(link, null, isServed));
  if (!isServed) return;
  const [left, right] = linkEnds(from.base.name, to.base.name);
  const [label, backLabel] = [labelsIn(values, 'label'), labelsIn(values, 'backLabel')];
  from.links[name] = { through: link.name, from: left, to: right, label };
  to.links[backName] = { through: link.name, from: right, to: left, label: backLabel };
  from.related.push({ entity: link.name, via: left, columns: [right], label });
  to.related.push({ entity: link.name, via: right, columns: [left], label: backLabel });
}

/** One to many: a reference at the many, a list at the one. */
function addReference(extension: Extension, declaration: Declaration): void {
  const { drafts, claims, isRetired, refuse } = extension;
  const { id, retired, values } = declaration;
  const wrong = [...endMistakes(extension, values), ...nameMistakes(values, ['name'])];
  refuse(id, wrong);
  const [from, to] = [drafts.get(textIn(values, 'from') ?? ''), drafts.get(textIn(values, 'to') ?? '')];
  if (!from || !to || from.base.system || to.base.system || wrong.some(({ field }) => field === 'name'))
    return;
  const field = ownField(
    textIn(values, 'name') ?? '',
    reference({ label: labelsIn(values, 'label'), required: values.required === true, to: from.base.name }),
  );
  claims.push(claimOf(to.base.name, field, { id, retired }));
  if (isRetired(declaration) || wrong.length > 0) {
    to.kept.push(field);
    return;
  }
  to.added.push({ field, section: null, inForm: true, inList: true, sortable: false, searchable: false });
  from.related.push({
    entity: to.base.name,
    via: field.name,
    columns: [],
    label: labelsIn(values, 'backLabel'),
  });
}

const endMistakes = (extension: Extension, values: Values): readonly Mistake[] =>
  ['from', 'to'].flatMap((end) => entityMistakes(extension, values[end], end));

function nameMistakes(values: Values, fields: readonly string[]): readonly Mistake[] {
  return fields
    .map((field) => ({ field, given: textIn(values, field) ?? '' }))
    .filter(({ given }) => !isCustomField(given) || given.length > longestCustomName)
    .map(({ field, given }) => ({
      field,
      message: fieldName,
      params: { given, max: longestCustomName, example: 'xProject' },
      value: given,
    }));
}
