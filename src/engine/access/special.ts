import { administrator, type SpecialRight, specialRights } from '../../model/access.ts';
import type { Ctx, Workspace } from '../ctx.ts';

/** Whether one of the asker's roles has this special right; administrators have all. */
export const hasSpecial = (ctx: Ctx, right: SpecialRight): boolean =>
  ctx.who.roles.includes(administrator) ||
  ctx.who.roles.some((role) => ctx.workspace.rights.specialOf(role).includes(right));

/** The special rights that these roles give together. */
export const specialRightsOf = (workspace: Workspace, roles: readonly string[]): readonly SpecialRight[] =>
  specialRights.filter(
    (right) =>
      roles.includes(administrator) || roles.some((role) => workspace.rights.specialOf(role).includes(right)),
  );
