import type { Description, EntityDescription, FieldDescription } from '../../model/description.ts';

/** A column shown: a field and its width in CSS pixels. */
export interface Column {
  readonly field: FieldDescription;
  readonly width: number;
  /** Numbers and money stand at the end, so that digits align. */
  readonly isFigure: boolean;
}

/** What a person chose for the lists of one entity. */
export interface ColumnChoice {
  /** Names shown, in order; absent: the entity's own. */
  readonly names?: readonly string[] | undefined;
  readonly widths: Readonly<Record<string, number>>;
}

/** The narrowest and widest a column may be dragged to. */
export const widthLimits = { min: 72, max: 640 } as const;

const figures = new Set(['number', 'decimal', 'percent', 'money']);
const widths: Readonly<Record<string, number>> = {
  number: 110,
  decimal: 120,
  percent: 116,
  money: 150,
  date: 130,
  'date-time': 176,
  checkbox: 96,
  choice: 144,
  'base-value': 150,
  email: 224,
  phone: 160,
  address: 260,
  'long-text': 300,
};

/** The columns of a list: the title first, then what was chosen; names that no longer exist are left out. */
export function columnsOf(
  entity: EntityDescription,
  names: readonly string[],
  choice: ColumnChoice,
  description: Description,
): readonly Column[] {
  const ordered = [entity.title, ...names.filter((name) => name !== entity.title)];
  return ordered.flatMap((name) => {
    const field = fieldAt(description, entity, name);
    if (!field) return [];
    const isTitle = name === entity.title;
    const width = choice.widths[name] ?? (isTitle ? 264 : (widths[field.type] ?? 180));
    return [{ field, width, isFigure: figures.has(field.type) }];
  });
}

/** The field that a path names, through references as well: under its path, with the names of what leads to it. */
export function fieldAt(
  description: Description,
  entity: EntityDescription,
  path: string,
): FieldDescription | null {
  const dot = path.indexOf('.');
  const field = entity.fields.find(({ name }) => name === (dot < 0 ? path : path.slice(0, dot)));
  if (!field || dot < 0) return field ?? null;
  const [to, ...others] = field.to;
  const target = description.entities.find(({ name }) => name === to);
  if (field.type !== 'reference' || !target || others.length > 0) return null;
  const found = fieldAt(description, target, path.slice(dot + 1));
  return found && { ...found, name: path, label: `${field.label} · ${found.label}`, indexed: false };
}

/** The fields of what an entity's references name, which a list can show beside its own. */
export const throughReferences = (
  description: Description,
  entity: EntityDescription,
): readonly FieldDescription[] =>
  entity.fields
    .filter(({ type, system, to }) => type === 'reference' && !system && to.length === 1)
    .flatMap((reference) => {
      const target = description.entities.find(({ name }) => name === reference.to[0]);
      const fields = target ? showable(target).filter(({ name }) => name !== target.title) : [];
      return fields
        .map(({ name }) => fieldAt(description, entity, `${reference.name}.${name}`))
        .filter((field) => field !== null);
    });

/** Fields that a list can show, the entity's own before the ones every record has. */
export const showable = (entity: EntityDescription): readonly FieldDescription[] =>
  entity.fields.filter((field) => !['id', 'version', 'removedAt'].includes(field.name));
