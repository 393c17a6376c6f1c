import { sql } from 'kysely';
import type { Verb } from '../../model/event.ts';
import type { Ctx, Db } from '../ctx.ts';

/** That a record was written; for those who may read it to read it anew. */
export interface Written {
  readonly entity: string;
  readonly id: string;
  readonly verb: Verb;
  readonly version: number;
}

/** A notice of committed writes: `null` in place of the records when there were too many to name. */
export interface WrittenNotice {
  readonly workspace: string;
  readonly written: readonly Written[] | null;
}

/** Writes of one moment that are named one by one; more are told as one, without names. */
const mostNamed = 2_000;
/** Bytes of a notice that PostgreSQL takes, with room to spare. */
const noticeSize = 7_000;
/** Writes of this time are told together: many small commits then cost one notice. */
const gathering = 20;

interface Waiting {
  readonly db: Db;
  readonly workspace: string;
  written: Written[] | null;
}

/** Of transactions under way: told once they are committed, forgotten when they aren't. */
const uncommitted = new WeakMap<Db, Written[]>();
const waiting = new Map<string, Waiting>();
const numbers = new WeakMap<Db, number>();
let lastNumber = 0;

/** Takes note of records written in `ctx.db`: told at once when they are committed already, else by `tellCommitted`. */
export function noteWritten(ctx: Ctx, written: readonly Written[]): void {
  // What is rolled back in the end is never told, and a dry run may write a million records.
  if (ctx.isTrial) return;
  const noted = uncommitted.get(ctx.db);
  if (!ctx.db.isTransaction) announce(ctx.db, ctx.workspace.name, written);
  else if (noted) noted.push(...written);
  else uncommitted.set(ctx.db, [...written]);
}

/** Tells what a transaction wrote, after its commit. */
export function tellCommitted(ctx: Ctx, transaction: Db): void {
  const noted = uncommitted.get(transaction);
  uncommitted.delete(transaction);
  if (noted) announce(ctx.db, ctx.workspace.name, noted);
}

/**
 * Tells every process, after the commit and not in it: a NOTIFY inside a transaction makes all commits of the database
 * queue one behind the other. What a crash in between leaves untold, the relay finds by its rounds and a browser by
 * reconnecting.
 */
function announce(db: Db, workspace: string, written: readonly Written[]): void {
  if (written.length === 0) return;
  const key = `${numberOf(db)} ${workspace}`;
  const known = waiting.get(key);
  if (known) {
    if (known.written && known.written.length + written.length > mostNamed) known.written = null;
    known.written?.push(...written);
    return;
  }
  waiting.set(key, { db, workspace, written: written.length > mostNamed ? null : [...written] });
  setTimeout(() => {
    const due = waiting.get(key);
    waiting.delete(key);
    // Whoever closes the database meanwhile has nobody left to tell.
    if (due) send(due).catch(() => {});
  }, gathering).unref();
}

async function send({ db, workspace, written }: Waiting): Promise<void> {
  const payloads = noticesOf(workspace, written);
  await sql`select pg_notify('rapport_events', payload) from unnest(${payloads}::text[]) payload`.execute(db);
}

/** The notices that tell of these writes, none larger than PostgreSQL takes. */
export function noticesOf(workspace: string, written: readonly Written[] | null): readonly string[] {
  if (written === null) return [JSON.stringify([workspace, null])];
  const notices: string[] = [];
  let rows: string[] = [];
  let size = 0;
  for (const { entity, id, verb, version } of written) {
    const row = JSON.stringify([entity, id, verb, version]);
    if (size + row.length > noticeSize) {
      notices.push(`[${JSON.stringify(workspace)},[${rows.join(',')}]]`);
      rows = [];
      size = 0;
    }
    rows.push(row);
    size += row.length + 1;
  }
  return [...notices, `[${JSON.stringify(workspace)},[${rows.join(',')}]]`];
}

/** Reads a notice back. */
export function readNotice(payload: string): WrittenNotice {
  const [workspace, rows] = JSON.parse(payload) as [
    string,
    readonly (readonly [string, string, Verb, number])[] | null,
  ];
  const written = rows?.map(([entity, id, verb, version]) => ({ entity, id, verb, version })) ?? null;
  return { workspace, written };
}

function numberOf(db: Db): number {
  const known = numbers.get(db);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(db, lastNumber);
  return lastNumber;
}
