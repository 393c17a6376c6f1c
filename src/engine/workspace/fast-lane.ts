import type pg from 'pg';
import type { Db } from '../ctx.ts';

/** Connections that many requests share at once, in this process: fewer share more, more wait less. */
const connections = 4;

/** How long to wait before connecting again after a failure, in milliseconds. */
const pause = 1000;

/** One shared connection; null while there is none. */
interface Track {
  client: pg.Client | null;
  triedAt: number;
  waiting: number;
  /** Names of the statements that it keeps; with too many it takes no further ones, and is replaced. */
  readonly kept: Set<string>;
}

interface Lane {
  readonly connect: () => pg.Client;
  readonly tracks: readonly Track[];
  readonly mostKept: number;
  isClosed: boolean;
}

const lanes = new WeakMap<object, Lane>();

/** A statement that connections keep under its name. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Gives `db` connections on which statements are sent without waiting for the answers before them, so that many
 * requests share a round trip. `connect` makes a client with `pipeline`; none is made before the first statement.
 */
export function openFastLane(db: Db, connect: () => pg.Client, mostKept: number): void {
  const tracks = Array.from({ length: connections }, () => ({
    client: null,
    triedAt: 0,
    waiting: 0,
    kept: new Set<string>(),
  }));
  lanes.set(db, { connect, tracks, mostKept, isClosed: false });
}

/** Ends the shared connections of `db`. */
export async function closeFastLane(db: Db): Promise<void> {
  const lane = lanes.get(db);
  if (!lane) return;
  lane.isClosed = true;
  await Promise.all(lane.tracks.map(async ({ client }) => client?.end()));
}

/**
 * Runs a statement on a shared connection; null when `db` is a transaction or nothing is connected (yet): then it is
 * for the pool. Only for statements that read, or count, and always end at once, since others wait behind them; one whose
 * connection is lost may run twice.
 */
export function onFastLane(db: Db, statement: Prepared): Promise<readonly unknown[] | null> | null {
  const lane = lanes.get(db);
  if (!lane || lane.isClosed) return null;
  let best: Track | null = null;
  for (const track of lane.tracks) {
    if (track.client && track.kept.size > lane.mostKept) leaveWhenIdle(track);
    else if (!track.client) board(lane, track);
    else if (best === null || track.waiting < best.waiting) best = track;
  }
  return best && ride(best, statement);
}

/** Whether a statement would find a shared connection; if not, one is made in the background. */
export function isFastLaneOpen(db: Db): boolean {
  const lane = lanes.get(db);
  if (!lane || lane.isClosed) return false;
  for (const track of lane.tracks) if (!track.client) board(lane, track);
  return lane.tracks.some((track) => track.client !== null);
}

/** Connects in the background. */
function board(lane: Lane, track: Track): void {
  const now = Date.now();
  if (Math.abs(now - track.triedAt) < pause) return;
  track.triedAt = now;
  const client = lane.connect();
  const leave = (): void => {
    if (track.client === client) track.client = null;
  };
  client.on('error', leave);
  client.on('end', leave);
  client.connect().then(
    () => {
      if (lane.isClosed) void client.end();
      else {
        track.kept.clear();
        track.client = client;
      }
    },
    () => {}, // the pool tells whoever asks meanwhile; later ones try again
  );
}

/** Ends a connection once nobody waits on it any more; the next statement has another one made. */
function leaveWhenIdle(track: Track): void {
  const { client } = track;
  if (!client || track.waiting > 0) return;
  track.client = null;
  client.end().catch(() => {});
}

function ride(track: Track, { name, text, values }: Prepared): Promise<readonly unknown[] | null> {
  const { client } = track;
  track.kept.add(name);
  return new Promise((resolve, reject) => {
    track.waiting += 1;
    client?.query({ name, text, values: values as unknown[] }, (error, result) => {
      track.waiting -= 1;
      if (!error) resolve(result.rows as unknown[]);
      // Anything else is the end of the connection, which says nothing of the statement: the pool runs it anew.
      else if ((error as { severity?: unknown }).severity === 'ERROR') reject(error);
      else resolve(null);
    });
  });
}
