import type { Place } from '../engine/ctx.ts';
import { readNotice } from '../engine/events/announce.ts';
import { deliverNext, isAnythingDue, nextTry } from '../engine/events/deliver.ts';
import { onNotice } from '../engine/workspace/notices.ts';
import { schemaOf } from '../engine/workspace/workspace-name.ts';
import type { Subscriber } from '../model/subscriber.ts';
import type { JobSeat } from './job.ts';
import { systemCtx } from './system-ctx.ts';

/** How often it is looked whether a notice was missed: of a process that died between its commit and telling of it. */
const rounds = 60_000;

/** Tells subscribers of events, until it is stopped. */
export interface Relay {
  stop(): Promise<void>;
}

/**
 * Starts telling `subscribers` what was written in every workspace. It sleeps until a notice comes, and opens only the
 * workspaces where something is owed; any number of processes share the work. Without subscribers it does nothing at all.
 */
export async function startRelay(
  o: Omit<JobSeat, 'signal'> & { readonly subscribers: ReadonlyMap<string, Subscriber> },
): Promise<Relay> {
  if (o.subscribers.size === 0) return { stop: async () => {} };
  const stopping = new AbortController();
  const seat: JobSeat = { ...o, signal: stopping.signal };
  const relays = new Map<string, ReturnType<typeof relayOf>>();
  const wake = (name: string): void => {
    const relay = relays.get(name) ?? relayOf(seat, name);
    relays.set(name, relay);
    relay.wake();
  };
  async function wakeAll(): Promise<void> {
    try {
      for (const name of await seat.workspaces.names()) wake(name);
    } catch (error) {
      if (!stopping.signal.aborted) seat.onFailure(error, 'looking for events to tell');
    }
  }
  const stop = await onNotice(seat.db, 'rapport_events', (payload) => {
    if (payload === null) void wakeAll();
    else wake(readNotice(payload).workspace);
  });
  await wakeAll();
  const timer = setInterval(() => void wakeAll(), rounds);
  timer.unref();
  return {
    stop: async () => {
      stopping.abort();
      stop();
      clearInterval(timer);
      await Promise.all([...relays.values()].map(({ end }) => end()));
    },
  };
}

/** The relay of one workspace: woken it works until nothing is due, then sleeps until the next try, if there is one. */
function relayOf(seat: JobSeat, workspace: string) {
  let running: Promise<void> | null = null;
  let isAskedAgain = false;
  let timer: NodeJS.Timeout | null = null;

  async function work(): Promise<void> {
    const place: Place = { db: seat.db, workspace: { name: workspace, schema: schemaOf(workspace) } };
    do {
      isAskedAgain = false;
      if (!(await isAnythingDue(place))) continue;
      const ctx = await systemCtx(seat, workspace);
      await Promise.all(
        [...ctx.workspace.model.subscribers.values()].map(async (subscriber) => {
          while (!seat.signal.aborted && (await deliverNext(ctx, subscriber, seat.signal)) !== 'none');
        }),
      );
    } while (isAskedAgain && !seat.signal.aborted);
    const due = await nextTry(place);
    if (due !== null) sleep(Math.min(rounds, Math.max(1_000, due.getTime() - Date.now())));
  }

  function sleep(time: number): void {
    if (timer) clearTimeout(timer);
    if (seat.signal.aborted) return;
    timer = setTimeout(wake, time);
    timer.unref();
  }

  function wake(): void {
    if (seat.signal.aborted) return;
    isAskedAgain = true;
    running ??= work()
      .catch((error: unknown) => {
        if (!seat.signal.aborted) seat.onFailure(error, `telling the subscribers of ${workspace}`);
      })
      .finally(() => {
        running = null;
        // Something came between the last look and now.
        if (isAskedAgain) wake();
      });
  }

  return {
    wake,
    end: async () => {
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}
