import type { countOperators, FilterGroup, FilterPart, FilterRelation } from '../../expression/groups.ts';
import { groupText } from '../../expression/groups.ts';
import { resolveRelation } from '../../expression/relations.ts';
import { rowsOf, writtenRow } from '../../expression/rows.ts';
import { isUnresolved, type Scope } from '../../expression/scope.ts';
import type { Description, EntityDescription } from '../../model/description.ts';
import { operatorsOf, type Subject, subjectsOf } from '../list/filter/filter-kinds.ts';
import { type Draft, draftOfRow, rowOfDraft } from '../list/filter/filter-value.ts';

/** A condition being written: a field, how it compares, with what. */
export interface RowNode {
  readonly kind: 'row';
  readonly id: number;
  readonly path: string | null;
  readonly draft: Draft | null;
}

/** A condition that no row can show, as its text. */
export interface TextNode {
  readonly kind: 'text';
  readonly id: number;
  readonly text: string;
}

/** Conditions that hold together. */
export interface GroupNode {
  readonly kind: 'group';
  readonly id: number;
  readonly join: 'all' | 'any';
  readonly not: boolean;
  readonly of: readonly BuilderNode[];
}

/** How many related records are asked for. */
export interface Quantity {
  readonly is: 'any' | 'none' | 'all' | 'count';
  readonly op: (typeof countOperators)[number];
  readonly number: string;
}

/** A condition about related records. */
export interface RelationNode {
  readonly kind: 'relation';
  readonly id: number;
  readonly relation: string | null;
  readonly how: Quantity;
  readonly of: GroupNode;
}

/** A part of what the builder shows. */
export type BuilderNode = RowNode | TextNode | GroupNode | RelationNode;

/** Whose fields the conditions are about, and what its names mean. */
export interface Place {
  readonly entity: EntityDescription;
  readonly description: Description;
  readonly scope: Scope;
  readonly subjects: readonly Subject[];
}

let last = 0;
const newId = (): number => {
  last += 1;
  return last;
};

/** An empty group, row and question about related records. */
export const emptyGroup = (): GroupNode => ({ kind: 'group', id: newId(), join: 'all', not: false, of: [] });
export const emptyRow = (): RowNode => ({ kind: 'row', id: newId(), path: null, draft: null });
export const emptyRelation = (): RelationNode => ({
  kind: 'relation',
  id: newId(),
  relation: null,
  how: { is: 'any', op: '>=', number: '1' },
  of: emptyGroup(),
});

/** The place of an entity's own conditions. */
export const placeOf = (entity: EntityDescription, description: Description, scope: Scope): Place => ({
  entity,
  description,
  scope,
  subjects: subjectsOf(entity, description),
});

/** The place of the conditions about related records; null when no relation is called so. */
export function placeWithin(place: Place, relation: string): Place | null {
  const found = resolveRelation(relation.split('.'), place.scope);
  const entity = isUnresolved(found)
    ? undefined
    : place.description.entities.find(({ name }) => name === found.to.name);
  if (isUnresolved(found) || !entity) return null;
  return placeOf(entity, place.description, { ...place.scope, entity: found.to });
}

/** Groups as the builder shows them; what its inputs can't hold stays text. */
export const nodesOf = (group: FilterGroup, place: Place): GroupNode => ({
  kind: 'group',
  id: newId(),
  join: group.join,
  not: group.not,
  of: group.of.map((part) => nodeOf(part, place)),
});

function nodeOf(part: FilterPart, place: Place): BuilderNode {
  if ('text' in part) return textNode(part.text);
  if ('join' in part) return nodesOf(part, place);
  if ('relation' in part) return relationNode(part, place);
  const subject = place.subjects.find(({ path }) => path === part.path);
  const draft = subject ? draftOfRow(subject, part, operatorsOf(subject.kind)) : null;
  return draft ? { kind: 'row', id: newId(), path: part.path, draft } : textNode(writtenRow(part));
}

const textNode = (text: string): TextNode => ({ kind: 'text', id: newId(), text });

function relationNode(part: FilterRelation, place: Place): BuilderNode {
  const inner = placeWithin(place, part.relation);
  if (!inner) return textNode(groupText({ join: 'all', not: false, of: [part] }));
  const how: Quantity = part.how.is === 'count' ? part.how : { is: part.how.is, op: '>=', number: '1' };
  return { kind: 'relation', id: newId(), relation: part.relation, how, of: nodesOf(part.of, inner) };
}

/** What the builder says as groups, or null while something in it isn't finished. */
export function groupOfNodes(node: GroupNode, place: Place): FilterGroup | null {
  const parts = node.of.map((each) => partOfNode(each, place));
  return parts.every((part) => part !== null) ? { join: node.join, not: node.not, of: parts } : null;
}

/** A part of what the builder says, or null while it isn't finished. */
export function partOfNode(node: BuilderNode, place: Place): FilterPart | null {
  switch (node.kind) {
    case 'text':
      return node.text.trim() === '' ? null : { text: node.text };
    case 'group':
      return groupOfNodes(node, place);
    case 'row': {
      const subject = place.subjects.find(({ path }) => path === node.path);
      const row = subject && node.draft ? rowOfDraft(subject, node.draft) : null;
      return row && isWritable(row) ? row : null;
    }
    case 'relation': {
      const inner = node.relation === null ? null : placeWithin(place, node.relation);
      const of = inner && groupOfNodes(node.of, inner);
      if (!of || node.relation === null) return null;
      if (node.how.is !== 'count') return { relation: node.relation, how: { is: node.how.is }, of };
      if (!/^\d{1,9}$/.test(node.how.number)) return null;
      return { relation: node.relation, how: { is: 'count', op: node.how.op, number: node.how.number }, of };
    }
  }
}

/** False of a number or day that is half typed. */
function isWritable(row: Parameters<typeof writtenRow>[0]): boolean {
  try {
    return rowsOf(writtenRow(row)) !== null;
  } catch {
    return false;
  }
}

/** The tree with one node changed, or taken out where `change` answers null. */
export function changed(
  group: GroupNode,
  id: number,
  change: (node: BuilderNode) => BuilderNode | null,
): GroupNode {
  const within = (node: BuilderNode): BuilderNode | null => {
    if (node.id === id) return change(node);
    if (node.kind === 'group') return changed(node, id, change);
    if (node.kind === 'relation') {
      const of = within(node.of);
      return of?.kind === 'group' ? { ...node, of } : node;
    }
    return node;
  };
  if (group.id === id) {
    const next = change(group);
    return next?.kind === 'group' ? next : group;
  }
  return { ...group, of: group.of.map(within).filter((node) => node !== null) };
}
