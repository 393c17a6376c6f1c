import type pg from 'pg';
import type { Db } from '../ctx.ts';

const channel = 'rapport_setup';

interface Channel {
  readonly connect: () => pg.Client;
  readonly listeners: Map<string, Set<() => void>>;
  client: pg.Client | null;
  ready: Promise<void> | null;
  retry: NodeJS.Timeout | null;
  isClosed: boolean;
}

const channels = new WeakMap<Db, Channel>();

/** Prepares to listen for changes of set-up in a database; one connection serves all its workspaces, from the first on. */
export function openSetupChannel(db: Db, connect: () => pg.Client): void {
  channels.set(db, {
    connect,
    listeners: new Map(),
    client: null,
    ready: null,
    retry: null,
    isClosed: false,
  });
}

/** Ends the listening connection. */
export async function closeSetupChannel(db: Db): Promise<void> {
  const found = channels.get(db);
  if (!found) return;
  found.isClosed = true;
  if (found.retry) clearTimeout(found.retry);
  await found.ready?.catch(() => {});
  const client = found.client;
  found.client = null;
  await client?.end().catch(() => {});
}

/**
 * Calls `changed` when a workspace's base values or settings changed in any process, and after each time the
 * connection was lost, since something may have been missed. Answers how to stop.
 */
export async function onSetupChange(db: Db, workspace: string, changed: () => void): Promise<() => void> {
  const found = channels.get(db);
  if (!found) throw new Error('a workspace is opened on the db of openPool, not on a transaction');
  const listeners = found.listeners.get(workspace) ?? new Set();
  found.listeners.set(workspace, listeners.add(changed));
  found.ready ??= listen(found);
  await found.ready;
  return () => {
    listeners.delete(changed);
    if (listeners.size === 0) found.listeners.delete(workspace);
  };
}

async function listen(found: Channel): Promise<void> {
  const client = found.connect();
  let isLost = false;
  const lost = (): void => {
    if (isLost || found.isClosed) return;
    isLost = true;
    if (found.client === client) found.client = null;
    client.end().catch(() => {});
    found.retry = setTimeout(() => void relisten(found), 1000);
    found.retry.unref();
  };
  client.on('notification', ({ payload }) => {
    for (const changed of found.listeners.get(payload ?? '') ?? []) changed();
  });
  client.on('error', lost);
  client.on('end', lost);
  try {
    await client.connect();
    await client.query(`listen ${channel}`);
    found.client = client;
  } catch (error) {
    lost();
    throw error;
  }
}

/** Listens again; a failure has already set the next try. */
async function relisten(found: Channel): Promise<void> {
  try {
    found.ready = listen(found);
    await found.ready;
  } catch {
    return;
  }
  for (const listeners of found.listeners.values()) for (const changed of listeners) changed();
}
