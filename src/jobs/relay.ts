import { readNotice } from '../engine/events/announce.ts';
import { deliverNext, isAnythingDue, nextTry } from '../engine/events/deliver.ts';
import { onNotice } from '../engine/workspace/notices.ts';
import type { JobSeat } from './job.ts';
import { systemCtx } from './system-ctx.ts';

/** How often it is looked whether a notice was missed: of a process that died between its commit and telling of it. */
const rounds = 60_000;

/** Tells subscribers of events, until it is stopped. */
export interface Relay {
  stop(): Promise<void>;
}

/**
 * Starts telling the subscribers of every workspace what was written. It sleeps until a notice comes; any number of
 * processes share the work. Without subscribers it does nothing at all.
 */
export async function startRelay(seat: Omit<JobSeat, 'signal'>): Promise<Relay> {
  const stopping = new AbortController();
  const relays = [...seat.workspaces.values()]
    .filter(({ model }) => model.subscribers.size > 0)
    .map((workspace) => relayOf({ ...seat, signal: stopping.signal }, workspace.name));
  const stops = await Promise.all(
    relays.map(({ workspace, wake }) =>
      onNotice(seat.db, 'rapport_events', (payload) => {
        if (payload === null || readNotice(payload).workspace === workspace) wake();
      }),
    ),
  );
  for (const { wake } of relays) wake();
  return {
    stop: async () => {
      stopping.abort();
      for (const stop of stops) stop();
      await Promise.all(relays.map(({ end }) => end()));
    },
  };
}

/** The relay of one workspace: woken it works until nothing is due, then sleeps until the next try or round. */
function relayOf(seat: JobSeat, workspace: string) {
  let running: Promise<void> | null = null;
  let isAskedAgain = false;
  let timer: NodeJS.Timeout | null = null;

  async function work(): Promise<void> {
    const ctx = systemCtx(seat, workspace);
    do {
      isAskedAgain = false;
      if (!(await isAnythingDue(ctx))) continue;
      await Promise.all(
        [...ctx.workspace.model.subscribers.values()].map(async (subscriber) => {
          while (!seat.signal.aborted && (await deliverNext(ctx, subscriber, seat.signal)) !== 'none');
        }),
      );
    } while (isAskedAgain && !seat.signal.aborted);
    const due = await nextTry(ctx);
    sleep(due === null ? rounds : Math.min(rounds, Math.max(1_000, due.getTime() - Date.now())));
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
        sleep(rounds);
      })
      .finally(() => {
        running = null;
        // Something came between the last look and now.
        if (isAskedAgain) wake();
      });
  }

  return {
    workspace,
    wake,
    end: async () => {
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}
