import { type Ctx, systemWho } from '../engine/ctx.ts';
import type { JobSeat } from './job.ts';

/** The context of the system itself in a workspace, from which a job becomes whoever it acts for. */
export function systemCtx(seat: JobSeat, name: string): Ctx {
  const workspace = seat.workspaces.get(name);
  if (!workspace) throw new Error(`this worker serves no workspace ${name}`);
  return {
    who: systemWho,
    workspace,
    locale: 'en',
    timeZone: 'UTC',
    now: new Date(),
    db: seat.db,
    door: 'system',
    batch: null,
    signal: seat.signal,
  };
}
