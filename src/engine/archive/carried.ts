import { engineTables } from '../schema/engine-tables.ts';
import type { WantedTable } from '../schema/wanted.ts';

/**
 * Tables that no archive holds: who is signed in and who tried to, answers to requests that may be sent again, what the
 * migration and the search make again by themselves, and the bytes of imported files, which are files of the archive.
 */
const madeAnew: ReadonlySet<string> = new Set([
  'session',
  'sign_in_attempt',
  'kept_answer',
  'index_step',
  'schema_state',
  'search_entry',
  'search_word',
  'search_build',
  'import_piece',
]);

/** Tables that let people and programs in: only in an archive that was asked to hold them. */
const secret: ReadonlySet<string> = new Set(['password', 'api_key']);

/** Columns that stand as files in the archive. */
const asFiles: Readonly<Record<string, readonly string[]>> = { import_file: ['bytes'] };

/** Settings that let somebody in. */
export const secretSettings: readonly string[] = ['setup-token'];

/** A table of the engine that an archive holds, with the columns it holds of it. */
export interface CarriedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The tables of the engine that go into an archive, beside those of the entities. */
export const carriedTables = (o: { readonly withSecrets: boolean }): readonly CarriedTable[] =>
  engineTables.filter(({ name }) => !madeAnew.has(name) && (o.withSecrets || !secret.has(name))).map(carried);

const carried = ({ name, columns }: WantedTable): CarriedTable => ({
  name,
  columns: columns.map((column) => column.name).filter((column) => !asFiles[name]?.includes(column)),
});
