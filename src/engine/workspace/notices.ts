import type pg from 'pg';
import type { Db } from '../ctx.ts';

/**
 * What processes tell one another: that a workspace's set-up changed, that records were written, and that a workspace
 * was made, brought up to a version or dropped.
 */
const channels = ['rapport_setup', 'rapport_events', 'rapport_workspaces'] as const;

/** One of `channels`. */
export type Channel = (typeof channels)[number];

/** Hears a notice; null when the connection was lost meanwhile and something may have been missed. */
type Hear = (payload: string | null) => void;

interface Ear {
  readonly connect: () => pg.Client;
  readonly listeners: ReadonlyMap<string, Set<Hear>>;
  client: pg.Client | null;
  ready: Promise<void> | null;
  retry: NodeJS.Timeout | null;
  isClosed: boolean;
}

const ears = new WeakMap<Db, Ear>();

/** Prepares to listen in a database; one connection serves all channels and workspaces, from the first listener on. */
export function openNotices(db: Db, connect: () => pg.Client): void {
  const listeners = new Map(channels.map((channel) => [channel, new Set<Hear>()]));
  ears.set(db, { connect, listeners, client: null, ready: null, retry: null, isClosed: false });
}

/** Ends the listening connection. */
export async function closeNotices(db: Db): Promise<void> {
  const ear = ears.get(db);
  if (!ear) return;
  ear.isClosed = true;
  if (ear.retry) clearTimeout(ear.retry);
  await ear.ready?.catch(() => {});
  const client = ear.client;
  ear.client = null;
  await client?.end().catch(() => {});
}

/**
 * Listens on a channel for what any process tells, from the answer on, or from when a database that is away is back,
 * which is heard as a loss is; answers how to stop.
 */
export async function onNotice(db: Db, channel: Channel, hear: Hear): Promise<() => void> {
  const ear = ears.get(db);
  if (!ear) throw new Error('notices are heard on the db of openPool, not on a transaction');
  ear.listeners.get(channel)?.add(hear);
  ear.ready ??= listen(ear);
  // A failure has set the next try.
  await ear.ready.catch(() => {});
  return () => {
    ear.listeners.get(channel)?.delete(hear);
  };
}

async function listen(ear: Ear): Promise<void> {
  const client = ear.connect();
  let isLost = false;
  const lost = (): void => {
    if (isLost || ear.isClosed) return;
    isLost = true;
    if (ear.client === client) ear.client = null;
    client.end().catch(() => {});
    ear.retry = setTimeout(() => void relisten(ear), 1000);
    ear.retry.unref();
  };
  client.on('notification', ({ channel, payload }) => {
    for (const hear of ear.listeners.get(channel) ?? []) hear(payload ?? '');
  });
  client.on('error', lost);
  client.on('end', lost);
  try {
    await client.connect();
    await client.query(channels.map((channel) => `listen ${channel}`).join('; '));
    ear.client = client;
  } catch (error) {
    lost();
    throw error;
  }
}

/** Listens again; a failure has already set the next try. */
async function relisten(ear: Ear): Promise<void> {
  try {
    ear.ready = listen(ear);
    await ear.ready;
  } catch {
    return;
  }
  for (const listeners of ear.listeners.values()) for (const hear of listeners) hear(null);
}
