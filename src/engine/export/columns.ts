import type { ComparableKind } from '../../fields/field-type.ts';
import { fieldType } from '../../fields/index.ts';
import type { Locale } from '../../lib/locale.ts';
import type { Field } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { codesOf } from '../query/codes.ts';
import { type Place, partsOf, targetsOf } from '../query/place.ts';

/** What a spreadsheet takes a cell for; everything but these is text. */
type CellKind = 'text' | 'number' | 'date' | 'dateTime' | 'boolean';

/** A column of an exported table. */
export interface ExportColumn {
  /** As imports and programs know it: `name`, `amount.currency`, `account.id`. */
  readonly name: string;
  /** As people know it: `Amount · Currency`. */
  readonly label: string;
  readonly kind: CellKind;
  /** The cell of a record as text that an import reads back: ISO days and moments, decimals with a point. */
  cell(record: Values): string | null;
}

/** A reference as the engine reads it. */
interface Named {
  readonly id: string;
  readonly label: string | null;
  readonly entity?: string;
}

/**
 * The columns of exported fields: a reference is its label and its id, what has parts a column for each. With
 * `isRead` codes are told as people read them.
 */
export const exportColumns = (
  ctx: Ctx,
  places: ReadonlyMap<string, Place>,
  isRead: boolean,
): readonly ExportColumn[] =>
  withOwnLabels([...places].flatMap(([path, place]) => columnsOf(ctx, path, place, isRead)));

function columnsOf(ctx: Ctx, path: string, place: Place, isRead: boolean): readonly ExportColumn[] {
  const { field, part } = place;
  const label = labelOf(ctx.locale, place);
  const value = (record: Values): unknown => record[path] ?? null;
  if (part !== '') {
    const kind = kindOf(field, part);
    return [{ name: path, label, kind, cell: (record) => textOf(value(record)) }];
  }
  if (targetsOf(field).length > 0) return referenceColumns(path, label, field, value);
  const type = fieldType(field.type);
  const tell = isRead ? codeTeller(ctx, field) : null;
  const cells = type.cells?.(field) ?? { '': textOf };
  return Object.entries(cells).map(([name, cell]): ExportColumn => {
    const said = type.textParts?.(field)[name]?.[ctx.locale];
    return {
      name: name === '' ? path : `${path}.${name}`,
      label: said === undefined ? label : `${label} · ${said}`,
      kind: kindOf(field, name),
      cell: (record) => {
        const found = value(record);
        if (found === null) return null;
        return tell ? tell(found) : cell(found);
      },
    };
  });
}

function referenceColumns(
  path: string,
  label: string,
  field: Field,
  value: (record: Values) => unknown,
): readonly ExportColumn[] {
  const named = (record: Values): readonly Named[] => {
    const found = value(record) as Named | readonly Named[] | null;
    if (found === null) return [];
    return Array.isArray(found) ? (found as readonly Named[]) : [found as Named];
  };
  const column = (part: string, of: (one: Named) => string | null): ExportColumn => ({
    name: part === '' ? path : `${path}.${part}`,
    label: part === '' ? label : `${label} · ${part}`,
    kind: 'text',
    cell: (record) => {
      const all = named(record);
      return all.length === 0 ? null : all.map((one) => of(one) ?? '').join(';');
    },
  });
  return [
    column('', (one) => one.label),
    ...(field.type === 'any-reference' ? [column('entity', (one) => one.entity ?? null)] : []),
    column('id', (one) => one.id),
  ];
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

/** Tells a code, or a list of them, by its label; null for fields that hold none. */
function codeTeller(ctx: Ctx, field: Field): ((value: unknown) => string) | null {
  const codes = codesOf(ctx, field);
  if (!codes) return null;
  const labels = new Map(codes.map(({ code, label }) => [code, label[ctx.locale]]));
  const tell = (code: unknown): string => labels.get(String(code)) ?? String(code);
  return (value) => (Array.isArray(value) ? value.map(tell).join(';') : tell(value));
}

const kinds: Partial<Record<ComparableKind, CellKind>> = {
  number: 'number',
  date: 'date',
  dateTime: 'dateTime',
  boolean: 'boolean',
};

const kindOf = (field: Field, part: string): CellKind =>
  kinds[partsOf(field)[part]?.kind ?? 'text'] ?? 'text';

function labelOf(locale: Locale, { through, field, part }: Place): string {
  const steps = [...through, field].map((step) => step.label[locale]);
  const said = part === '' ? undefined : (partsOf(field)[part]?.label?.[locale] ?? part);
  return [...steps, ...(said === undefined ? [] : [said])].join(' · ');
}

/** Labels that two columns share are told apart by the columns' names: an import knows columns by what they're called. */
function withOwnLabels(columns: readonly ExportColumn[]): readonly ExportColumn[] {
  const shared = Map.groupBy(columns, ({ label }) => label);
  return columns.map((column) =>
    (shared.get(column.label)?.length ?? 0) > 1
      ? { ...column, label: `${column.label} (${column.name})` }
      : column,
  );
}
