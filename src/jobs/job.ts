import type { z } from 'zod';
import type { Db, Place } from '../engine/ctx.ts';
import type { Workspaces } from '../engine/workspace/workspaces.ts';

/** What a job is run with. */
export interface JobSeat {
  readonly db: Db;
  readonly workspaces: Workspaces;
  /** Aborted when the worker stops: long work leaves off at its next resting place, to be taken up again. */
  readonly signal: AbortSignal;
  /** Tells whoever keeps the log of a failure that a person should look into. */
  readonly onFailure: (error: unknown, what: string) => void;
}

/** A kind of work done beside requests: a name, the shape of its data, a handler loaded when first needed. */
export interface Job<S extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly data: S;
  readonly load: () => Promise<(seat: JobSeat, data: z.infer<S>) => Promise<void>>;
  /** Data of work that is waiting in a workspace although no job may stand for it: sent again when a worker starts. */
  readonly waiting?: (place: Place) => Promise<readonly z.infer<S>[]>;
  /** How often a worker asks for what is waiting again, in seconds; left out: only when it starts. */
  readonly everySeconds?: number;
}

/** Declares a job, its handler typed by its data. */
export const job = <S extends z.ZodType>(declared: Job<S>): Job<S> => declared;
