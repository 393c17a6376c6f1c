import { z } from 'zod';
import { BackupRefused } from './refused.ts';

/** The only layout there is so far. A reader refuses a later one. */
export const formatVersion = 1;

const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);

/** Types as PostgreSQL prints them; nothing else may come near a statement. */
const type = z.string().regex(/^[a-z][a-z0-9_ ]*(\(\d{1,4}(,-?\d{1,4})?\))?( with(out)? time zone)?(\[\])*$/);

const table = z.strictObject({
  name,
  columns: z
    .array(
      z.strictObject({
        name,
        type,
        collation: z.string().nullable(),
        notNull: z.boolean(),
      }),
    )
    .min(1),
  primaryKey: z.array(name),
  partitions: z.array(name),
});

const header = z.strictObject({
  format: z.literal(formatVersion),
  productVersion: z.string().regex(/^\d+\.\d+\.\d+/),
  workspace: z.string(),
  /** The moment whose records these are. */
  moment: z.iso.datetime(),
  fingerprint: z.string(),
  tables: z.array(table),
});

const tableEnd = z.strictObject({
  rows: z.int().min(0),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const trailer = z.strictObject({ tables: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** What a backup says of itself before any rows. */
export type BackupHeader = z.infer<typeof header>;

/** A table as it was when the backup was taken. */
export type BackupTable = z.infer<typeof table>;

/** What follows a table's rows, to tell whether they all came through. */
export type TableEnd = z.infer<typeof tableEnd>;

/** What ends a backup; the checksum is that of the header and all table ends. */
export type BackupTrailer = z.infer<typeof trailer>;

function read<T>(shape: z.ZodType<T>, what: string, payload: Buffer): T {
  let given: unknown;
  try {
    given = JSON.parse(payload.toString('utf8'));
  } catch {
    throw new BackupRefused(`It is damaged: its ${what} can’t be read.`);
  }
  const result = shape.safeParse(given);
  if (result.success) return result.data;
  throw new BackupRefused(
    `It is damaged: its ${what} can’t be used (${result.error.issues[0]?.path.join('.') ?? ''}).`,
  );
}

/** Reads the header, and refuses a layout of a later version by name. */
export function readHeader(payload: Buffer): BackupHeader {
  const { format } = read(z.looseObject({ format: z.int() }), 'header', payload);
  if (format > formatVersion)
    throw new BackupRefused(
      `Its format is ${format}, and this version of Rapport reads ${formatVersion}: restore it with the version that made it, or a later one.`,
    );
  return read(header, 'header', payload);
}

/** Reads what follows a table's rows. */
export const readTableEnd = (payload: Buffer): TableEnd => read(tableEnd, 'end of a table', payload);

/** Reads what ends a backup. */
export const readTrailer = (payload: Buffer): BackupTrailer => read(trailer, 'trailer', payload);
