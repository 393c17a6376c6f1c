import { describe, expect, it } from 'vitest';
import { describedScope } from '../../expression/described-scope.ts';
import { groupOf, groupText } from '../../expression/groups.ts';
import type { Description, EntityDescription, FieldDescription } from '../../model/description.ts';
import { changed, emptyRelation, emptyRow, groupOfNodes, nodesOf, placeOf } from './builder-tree.ts';

const field = (name: string, type: string, more: Partial<FieldDescription> = {}): FieldDescription => ({
  name,
  type,
  label: name,
  help: null,
  required: false,
  readOnly: false,
  system: false,
  unique: false,
  default: null,
  sortable: true,
  indexed: false,
  filterable: true,
  parts: [],
  to: [],
  values: [],
  list: null,
  classes: [],
  options: {},
  shownWhen: null,
  requiredWhen: null,
  readOnlyWhen: null,
  clearWhenHidden: false,
  ...more,
});

const described = (name: string, plural: string, fields: readonly FieldDescription[]): EntityDescription =>
  ({
    name,
    plural,
    label: { one: name, many: plural },
    fields: [field('id', 'id'), ...fields],
    links: [],
    list: { columns: [], sort: 'name', filters: [] },
    board: null,
  }) as unknown as EntityDescription;

const boat = described('boat', 'boats', [
  field('name', 'text'),
  field('length', 'number'),
  field('harbour', 'reference', { to: ['harbour'] }),
]);
const harbour = described('harbour', 'harbours', [field('name', 'text'), field('open', 'checkbox')]);
const description: Description = { entities: [boat, harbour], lists: [] };
const scope = describedScope(description, 'harbour');
if (!scope) throw new Error('the harbour is told');
const place = placeOf(harbour, description, scope);

/** What comes of a text that is shown as rows and written again. */
function again(text: string): string | null {
  const group = groupOf(text);
  const back = group && groupOfNodes(nodesOf(group, place), place);
  return back && groupText(back);
}

describe('the builder', () => {
  it('says nothing while a row, a relation or a number isn’t finished', () => {
    const whole = nodesOf({ join: 'all', not: false, of: [] }, place);
    expect(groupOfNodes(whole, place)).toEqual({ join: 'all', not: false, of: [] });
    expect(groupOfNodes({ ...whole, of: [emptyRow()] }, place)).toBeNull();
    expect(groupOfNodes({ ...whole, of: [emptyRelation()] }, place)).toBeNull();
    const many = {
      ...emptyRelation(),
      relation: 'boats',
      how: { is: 'count', op: '>', number: '2x' },
    } as const;
    expect(groupOfNodes({ ...whole, of: [many] }, place)).toBeNull();
  });

  it.each([
    'open = true and (name contains "x" or not (name starts with "a" or name is empty))',
    'any(boats, length > 5 and (name = "x" or name = "y")) and count(boats) >= 2',
    'none(boats, harbour.name = "Brest") or all(boats, length in (1..2))',
  ])('writes %s as it was', (text) => {
    expect(again(text)).toBe(text);
  });

  it.each([
    'name = other.name',
    'any(ships)',
    'length(name) > 3',
    'sum(boats, length) > 3',
    'count(boats) > length(name)',
  ])('keeps %s, which no row can show, as text', (text) => {
    const group = groupOf(text);
    const nodes = group && nodesOf(group, place);
    expect(nodes?.of.map(({ kind }) => kind)).toEqual(['text']);
    expect(again(text)).toBe(`(${text})`);
  });

  it('changes and removes parts however deep they stand', () => {
    const group = groupOf('any(boats, name = "x" or length > 5) and open = true');
    const nodes = group && nodesOf(group, place);
    const relation = nodes?.of[0];
    const row = relation?.kind === 'relation' ? relation.of.of[0] : undefined;
    if (!nodes || !row) throw new Error('there is a row');
    const text = (tree: typeof nodes): string => groupText(groupOfNodes(tree, place) ?? group);
    expect(text(changed(nodes, row.id, () => null))).toBe('any(boats, length > 5) and open = true');
    expect(text(changed(nodes, nodes.id, (node) => ({ ...node, join: 'any' }) as typeof nodes))).toBe(
      'any(boats, name = "x" or length > 5) or open = true',
    );
  });
});
