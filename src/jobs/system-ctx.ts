import { type Ctx, systemWho } from '../engine/ctx.ts';
import type { JobSeat } from './job.ts';

/** The workspace of a job was dropped since: there is nothing to do any more. */
export class WorkspaceGone extends Error {}

/** The context of the system itself in a workspace, from which a job becomes whoever it acts for. */
export async function systemCtx(seat: JobSeat, name: string): Promise<Ctx> {
  const workspace = await seat.workspaces.find(name);
  if (!workspace) throw new WorkspaceGone(`there is no workspace ${name} any more`);
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
