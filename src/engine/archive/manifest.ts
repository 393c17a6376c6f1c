import { z } from 'zod';
import { BackupRefused } from '../backup/refused.ts';

/** The only layout there is so far. A reader refuses a later one. */
export const layout = 1;

/** Where an archive says what is in it. */
export const manifestName = 'manifest.json';

const name = z.string().regex(/^[a-z][a-zA-Z0-9_-]{0,80}$/);

const manifest = z.strictObject({
  format: z.literal('rapport-archive'),
  layout: z.literal(layout),
  productVersion: z.string().regex(/^\d+\.\d+\.\d+/),
  workspace: z.string(),
  /** The moment whose records these are. */
  moment: z.iso.datetime(),
  withSecrets: z.boolean(),
  /** Months that the log of events has a partition for: `2026-11`. */
  months: z.array(z.string().regex(/^\d{4}-\d{2}$/)),
  entities: z.array(
    z.strictObject({
      name,
      plural: z.string(),
      label: z.strictObject({ en: z.string(), fr: z.string(), es: z.string() }),
      fields: z.array(z.strictObject({ name, type: name, label: z.string() })),
      rows: z.int().min(0),
      files: z.array(z.string()),
    }),
  ),
  tables: z.array(
    z.strictObject({ name, columns: z.array(name), rows: z.int().min(0), files: z.array(z.string()) }),
  ),
  /** Files that people imported, by the import’s id. */
  files: z.array(z.strictObject({ id: z.uuid(), file: z.string(), size: z.int().min(0) })),
});

/** What an archive says of itself: everything that is in it, with how many rows. */
export type Manifest = z.infer<typeof manifest>;

/** Reads a manifest; refuses what is none, and the layout of a later version by name. */
export function readManifest(text: string): Manifest {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new BackupRefused('It is damaged: its manifest can’t be read.');
  }
  const said = z.looseObject({ format: z.literal('rapport-archive'), layout: z.int() }).safeParse(given);
  if (!said.success) throw new BackupRefused('It is no archive of Rapport.');
  if (said.data.layout > layout)
    throw new BackupRefused(
      `Its layout is ${said.data.layout}, and this version reads ${layout}: restore it with a later version.`,
    );
  const result = manifest.safeParse(given);
  if (result.success) return result.data;
  throw new BackupRefused(
    `It is damaged: its manifest can’t be used (${result.error.issues[0]?.path.join('.') ?? ''}).`,
  );
}
