import { administrator, type SpecialRight } from '../../model/access.ts';
import type { Ctx } from '../ctx.ts';

/** Whether one of the asker's roles has this special right; administrators have all. */
export const hasSpecial = (ctx: Ctx, right: SpecialRight): boolean =>
  ctx.who.roles.includes(administrator) ||
  ctx.who.roles.some((role) => ctx.workspace.rights.specialOf(role).includes(right));
