import { checkboxField } from '../../fields/checkbox/checkbox.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { ImportMapping } from '../../model/import.ts';
import { lastRows, type Places, places } from './last-rows.ts';
import type { TableReader } from './read/table-reader.ts';

/** Of a link entity that has one: its checkbox *primary*, and the reference to the record that has one primary link. */
interface PrimaryField {
  readonly checkbox: string;
  readonly holder: string;
}

/** The primary checkbox of `entity` where some relation goes through it. */
export function primaryFieldOf(model: Model, entity: Entity): PrimaryField | null {
  for (const holder of model.entities.values()) {
    for (const link of Object.values(holder.links)) {
      if (link.through === entity.name && link.primary) return { checkbox: link.primary, holder: link.from };
    }
  }
  return null;
}

/**
 * Places of rows that claim to be the primary link of a record although a later row claims the same: a file may
 * say so, a record has one. Decided for the file as a whole, so that importing it again changes nothing.
 */
export async function losingPrimaries(
  { headers, rows }: TableReader,
  mapping: ImportMapping,
  primary: PrimaryField,
): Promise<Pick<Places, 'has'>> {
  const placesOf = (to: string): readonly number[] =>
    mapping.columns
      .filter((column) => column.to === to)
      .map((column) => headers.indexOf(column.column))
      .sort((first, second) => first - second);
  const [checkboxes, holders] = [placesOf(primary.checkbox), placesOf(primary.holder)];
  const losers = places();
  if (checkboxes.length === 0) return losers;
  const last = lastRows();
  for await (const { place: row, cells } of rows()) {
    const filled = (places: readonly number[]): string =>
      places.map((place) => (cells[place] ?? '').trim()).find((cell) => cell !== '') ?? '';
    const holder = filled(holders);
    if (holder === '' || !isTicked(filled(checkboxes))) continue;
    const earlier = last.note(holder, row);
    if (earlier !== null) losers.add(earlier);
  }
  return losers;
}

function isTicked(cell: string): boolean {
  const read = checkboxField.readText(cell, {} as never, {} as never);
  return 'value' in read && read.value === true;
}
