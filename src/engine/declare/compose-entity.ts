import { fieldType } from '../../fields/index.ts';
import { labels } from '../../lib/locale.ts';
import type { Board, Entity, FormSection } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import { uniqueIndex } from '../record/unique.ts';
import { sortIndex } from '../schema/entity-indexes.ts';
import { sortColumn } from '../schema/sort-column.ts';
import type { AddedField, EntityDraft } from './entity-draft.ts';
import { textIn } from './read-field.ts';

const further = labels('Further details', 'Autres informations', 'Más datos');

/** The entity as its table holds it: with what is retired, and with every index it should have. */
export function storedEntity(draft: EntityDraft): Entity {
  const whole = composed(draft, new Set());
  // What is retired is held to nothing and found by nothing.
  const kept = draft.kept.map((field) => ({ ...field, unique: false, required: false }));
  return { ...whole, fields: withFields(whole.fields, kept) };
}

/** The entity as it is served: without what is retired, and without what waits for its index. */
export const servedEntity = (draft: EntityDraft, unbuilt: ReadonlySet<string>): Entity =>
  composed(draft, unbuilt);

function composed(draft: EntityDraft, unbuilt: ReadonlySet<string>): Entity {
  const { base, values } = draft;
  if (!values && draft.added.length + draft.related.length + Object.keys(draft.links).length === 0)
    return base;
  const added = draft.added.map((each) => ({ ...each, field: builtField(base, each.field, unbuilt) }));
  const fields = withFields(
    base.fields,
    added.map(({ field }) => field),
  );
  const isSorted = (sort: string): boolean => {
    const field = fields[sort.replace(/^-/, '')];
    const column = field ? sortColumn(field) : null;
    return column !== null && !unbuilt.has(sortIndex(base.table, column).name);
  };
  const wished = values ? (textIn(values, 'sort') ?? 'name') : base.list.sort;
  const sort = isSorted(wished) ? wished : base.list.sort;
  const title = values ? textIn(values, 'titleField') : null;
  const inList = added.filter((each) => each.inList).map(({ field }) => field.name);
  const searched = added.filter((each) => each.searchable).map(({ field }) => field.name);
  return {
    ...base,
    fields,
    title: title !== null && Object.hasOwn(fields, title) ? title : base.title,
    sorts: [
      ...new Set([
        sort,
        ...base.sorts,
        ...added.filter((each) => each.sortable && isSorted(each.field.name)).map(({ field }) => field.name),
      ]),
    ],
    list: {
      columns: [...base.list.columns, ...inList],
      sort,
      filters: [...base.list.filters, ...added.filter(isFilterable).map(({ field }) => field.name)],
    },
    form: formOf(base, added),
    related: [...base.related, ...draft.related],
    links: { ...base.links, ...draft.links },
    board: values ? boardOf(values, fields) : base.board,
    search: [...base.search, ...searched],
  };
}

/** Uniqueness is promised once there is an index that keeps it. */
function builtField(base: Entity, field: Field, unbuilt: ReadonlySet<string>): Field {
  if (!field.unique) return field;
  const column = fieldType(field.type).paths(field)['']?.column;
  const isBuilt = column !== undefined && !unbuilt.has(uniqueIndex(base.table, [column]).name);
  return isBuilt ? field : { ...field, unique: false };
}

/** Own fields first, those every record has last. */
function withFields(
  fields: Readonly<Record<string, Field>>,
  more: readonly Field[],
): Readonly<Record<string, Field>> {
  const all = Object.values(fields);
  const ordered = [...all.filter(({ system }) => !system), ...more, ...all.filter(({ system }) => system)];
  return Object.fromEntries(ordered.map((field) => [field.name, field]));
}

const isFilterable = ({ field }: AddedField): boolean =>
  Object.keys(fieldType(field.type).paths(field)).length > 0;

/** Fields go to the section they name; without one, to the first of a custom entity, else to a section of their own. */
function formOf(base: Entity, added: readonly AddedField[]): readonly FormSection[] {
  const sections = base.form.map((section) => ({ ...section, fields: [...section.fields] }));
  const shown = added.filter((each) => each.inForm);
  for (const { field, section } of shown) {
    const title =
      section ?? (base.access && base.name.startsWith('x-') ? (base.form[0]?.label.en ?? '') : further.en);
    let found = sections.find(({ label }) => label.en === title);
    if (!found) {
      found = { label: title === further.en ? further : labels(title, title, title), fields: [] };
      sections.push(found);
    }
    found.fields.push(field.name);
  }
  return sections;
}

/** The board a custom entity asks for, when both of its fields are there. */
function boardOf(values: EntityDraft['values'], fields: Readonly<Record<string, Field>>): Board | null {
  const by = fields[textIn(values ?? {}, 'boardBy') ?? ''];
  const sum = fields[textIn(values ?? {}, 'boardSum') ?? ''];
  if (!by || !sum || sum.type !== 'money') return null;
  const hasColumns = by.type === 'choice' || fieldType(by.type).target?.(by).to === 'list';
  return hasColumns ? { by: by.name, sum: sum.name, card: ['owner'] } : null;
}
