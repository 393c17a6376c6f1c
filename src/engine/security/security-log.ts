import { administrator } from '../../model/access.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Ctx } from '../ctx.ts';
import { createRecords, updateRecords } from '../record/verbs.ts';

/** What is kept of something that administrators may have to account for. */
export interface SecurityEvent {
  readonly kind:
    | 'sign-in'
    | 'sign-in-refused'
    | 'password-changed'
    | 'password-reset'
    | 'key-made'
    | 'key-revoked'
    | 'export';
  /** What it was done to: an address, the name of a user or key, the plural of an entity. */
  readonly subject: string;
  readonly details?: string;
  readonly address?: string;
  readonly program?: string | undefined;
  readonly outcome?: 'under-way';
}

/** Notes what the one who acts in `ctx` did; answers the note's id. */
export async function noteSecurity(ctx: Ctx, event: SecurityEvent): Promise<string> {
  const { subject, details, address, program, ...told } = event;
  const [noted] = await createRecords(forItself(ctx), securityEvent(ctx), [
    {
      ...told,
      subject: oneLine(subject, 255) || '—',
      details: details?.slice(0, 20_000) ?? null,
      user: ctx.who.userId,
      door: ctx.door,
      address: oneLine(address ?? '', 60) || null,
      program: oneLine(program ?? '', 255) || null,
      owner: null,
      teams: [],
    },
  ]);
  return noted?.id ?? '';
}

/** Adds to a note how what it tells of ended. */
export async function settleSecurity(
  ctx: Ctx,
  id: string,
  values: { readonly outcome: 'whole' | 'broken-off'; readonly rows: number },
): Promise<void> {
  await updateRecords(forItself(ctx), securityEvent(ctx), [{ id, values }]);
}

const securityEvent = (ctx: Ctx) => entityOf(ctx.workspace.model, 'security-event');

/** The log is written by the engine alone, in the name of who acts. */
const forItself = (ctx: Ctx): Ctx => ({
  ...ctx,
  door: 'system',
  who: { ...ctx.who, roles: [...ctx.who.roles, administrator] },
});

/** Whatever somebody sent, as text that can be kept. */
const oneLine = (text: string, most: number): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed();
