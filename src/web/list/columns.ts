import type { EntityDescription, FieldDescription } from '../../model/description.ts';

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
): readonly Column[] {
  const ordered = [entity.title, ...names.filter((name) => name !== entity.title)];
  return ordered.flatMap((name) => {
    const field = entity.fields.find((candidate) => candidate.name === name);
    if (!field) return [];
    const isTitle = name === entity.title;
    const width = choice.widths[name] ?? (isTitle ? 264 : (widths[field.type] ?? 180));
    return [{ field, width, isFigure: figures.has(field.type) }];
  });
}

/** Fields that a list can show, the entity's own before the ones every record has. */
export const showable = (entity: EntityDescription): readonly FieldDescription[] =>
  entity.fields.filter((field) => !['id', 'version', 'removedAt'].includes(field.name));
