import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { noteSecurity, settleSecurity } from '../security/security-log.ts';
import type { ExportFile, ExportOptions } from './open-export.ts';

/** Notes in the security log, before the first byte leaves, who takes which records away; answers the note's id. */
export const noteExport = (
  ctx: Ctx,
  entity: Entity,
  o: { readonly [name in keyof ExportOptions]: ExportOptions[name] | undefined },
  from: { readonly address?: string; readonly program?: string | undefined } = {},
): Promise<string> => {
  const asked = Object.entries(o).filter(([, value]) => value !== undefined && value !== false);
  const details = asked.map(([name, value]) => `${name}: ${String(value)}`).join('\n');
  return noteSecurity(ctx, {
    kind: 'export',
    subject: entity.plural,
    outcome: 'under-way',
    details,
    ...from,
  });
};

/** Adds how many records left, and whether they were all. */
export const settleExport = (
  ctx: Ctx,
  note: string,
  { rows, isWhole }: ReturnType<ExportFile['progress']>,
): Promise<void> => settleSecurity(ctx, note, { outcome: isWhole ? 'whole' : 'broken-off', rows });
