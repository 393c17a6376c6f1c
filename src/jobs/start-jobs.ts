import { PgBoss } from 'pg-boss';
import type { z } from 'zod';
import type { Place } from '../engine/ctx.ts';
import { schemaOf } from '../engine/workspace/workspace-name.ts';
import { jobs } from './definitions.ts';
import type { Job, JobSeat } from './job.ts';
import { WorkspaceGone } from './system-ctx.ts';

/** The queue, as those who ask for work see it. */
export interface Jobs {
  /** Asks for work; a worker of any process takes it up within milliseconds. */
  send<S extends z.ZodType>(job: Job<S>, data: z.infer<S>): Promise<void>;
  /** Asks for whatever waits in a workspace although no job may stand for it; nothing where this process doesn’t work. */
  takeUp(workspace: string): Promise<void>;
  /** Stops taking up work; what is being done is left to the next start. */
  stop(): Promise<void>;
}

/** How long work under way may take to finish when the workers stop, in milliseconds. */
const grace = 5_000;

/**
 * Opens the queue in the database (in a schema of its own, for all workspaces) and, where `works`, takes up its jobs.
 * Work that a killed worker left behind is asked for again by `takeUp`.
 */
export async function startJobs(o: {
  readonly url: string;
  readonly seat: Omit<JobSeat, 'signal'>;
  readonly works: boolean;
}): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: o.url,
    schema: 'rapport_jobs',
    application_name: 'rapport jobs',
    max: 3,
    useListenNotify: true,
    schedule: false,
    reindex: false,
    monitorVacuum: false,
  });
  const stopping = new AbortController();
  const seat: JobSeat = { ...o.seat, signal: stopping.signal };
  boss.on('error', (error) => seat.onFailure(error, 'the queue'));
  await boss.start();
  const send: Jobs['send'] = async (job, data) => {
    await boss.send(job.name, job.data.parse(data) as object);
  };
  const placeOf = (name: string): Place => ({ db: seat.db, workspace: { name, schema: schemaOf(name) } });
  const sendWaiting = async (job: Job, name: string): Promise<void> => {
    for (const data of (await job.waiting?.(placeOf(name))) ?? []) await send(job, data);
  };
  const sendEverywhere = async (job: Job): Promise<void> => {
    for (const name of await seat.workspaces.names()) {
      if (stopping.signal.aborted) return;
      await sendWaiting(job, name).catch((error: unknown) => told(error, job, name));
    }
  };
  const told = (error: unknown, job: Job, name: string): void =>
    seat.onFailure(error, `asking for ${job.name} in ${name}`);
  const repeated: NodeJS.Timeout[] = [];
  const every = (job: Job, seconds: number): NodeJS.Timeout =>
    setInterval(() => {
      sendEverywhere(job).catch((error: unknown) => seat.onFailure(error, `asking for ${job.name}`));
    }, seconds * 1000).unref();
  const forget = (): void => {
    for (const timer of repeated) clearInterval(timer);
  };
  try {
    for (const job of jobs) {
      if (!(await boss.getQueue(job.name))) {
        await boss.createQueue(job.name, {
          notify: true,
          retryLimit: 100,
          retryDelay: 2,
          retryBackoff: true,
          retryDelayMax: 60,
          // Long work stays claimed by its own lock; the queue must not hand it out meanwhile.
          expireInSeconds: 23 * 60 * 60,
          retentionSeconds: 14 * 24 * 60 * 60,
          deleteAfterSeconds: 24 * 60 * 60,
        });
      }
      if (o.works) await work(boss, job, seat);
      if (o.works && job.everySeconds !== undefined) repeated.push(every(job, job.everySeconds));
    }
  } catch (error) {
    forget();
    await boss.stop({ graceful: false });
    throw error;
  }
  return {
    send,
    takeUp: async (name) => {
      if (!o.works) return;
      for (const job of jobs) await sendWaiting(job, name).catch((error: unknown) => told(error, job, name));
    },
    stop: async () => {
      stopping.abort();
      forget();
      await boss.stop({ graceful: true, timeout: grace });
    },
  };
}

/** Jobs of one kind that a process does at a time. */
const atOnce = 2;

async function work(boss: PgBoss, job: Job, seat: JobSeat): Promise<void> {
  for (let count = 0; count < atOnce; count += 1) {
    const worker = { id: '' };
    worker.id = await boss.work(job.name, { pollingIntervalSeconds: 2 }, async ([taken]) => {
      if (!taken) return;
      const handle = await job.load();
      try {
        await handle(seat, job.data.parse(taken.data));
      } catch (error) {
        if (!(error instanceof WorkspaceGone)) throw error;
      } finally {
        // More may wait: what was told of while this went on is not told of again.
        boss.notifyWorker(worker.id);
      }
    });
  }
}
