import { MigrationRefused } from '../../engine/schema/migration-refused.ts';
import type { OpenPool } from '../../engine/workspace/database.ts';
import { prepareWorkspace } from '../../engine/workspace/prepare.ts';
import { tellWorkspace } from '../../engine/workspace/tell-workspace.ts';
import { isWorkspaceThere, workspaceNames } from '../../engine/workspace/workspace-names.ts';
import type { Model } from '../../model/declarations.ts';
import { StartError, saying } from '../boot/start-error.ts';

/** How many workspaces were brought up, had nothing to do, and were refused. */
export interface MigratedAll {
  readonly done: number;
  readonly current: number;
  readonly broken: readonly string[];
}

/**
 * Brings every workspace up to this version, one after the other, and tells of each what became of it. One that is refused keeps
 * no other from it, and is left as it was. Ended in the middle, the next call goes on where it was: what is up to date
 * costs a look.
 */
export async function migrateAll(o: {
  readonly db: OpenPool['db'];
  readonly model: Model;
  readonly allowDestructive: boolean;
  readonly tell: (line: string) => void;
}): Promise<MigratedAll> {
  const { db, model, allowDestructive, tell } = o;
  const names = await workspaceNames(db);
  const width = Math.max(0, ...names.map((name) => name.length));
  const broken: string[] = [];
  let [done, current] = [0, 0];
  for (const [index, name] of names.entries()) {
    const say = (text: string): void => tell(`${index + 1}/${names.length}  ${name.padEnd(width)}  ${text}`);
    try {
      const { applied, pending } = await prepareWorkspace({
        db,
        model,
        name,
        allowDestructive,
        isExpected: true,
      });
      // Whoever found it broken tries again at once.
      await tellWorkspace(db, name);
      if (applied.length > 0) done += 1;
      else current += 1;
      say(applied.length > 0 ? `${applied.length} steps done` : 'up to date');
      for (const line of pending) say(`left for you to decide (--allow-destructive): ${line}`);
    } catch (error) {
      // What concerns the database itself would befall all others too.
      if (error instanceof StartError || isOfServer(error)) throw error;
      if (!(await isWorkspaceThere(db, name))) {
        say('dropped meanwhile');
        continue;
      }
      broken.push(name);
      const reasons = error instanceof MigrationRefused ? error.reasons : [saying(error)];
      for (const reason of reasons) say(`REFUSED, left as it was: ${reason}`);
    }
  }
  return { done, current, broken };
}

/** The server is away, full, or out of connections. */
const isOfServer = (error: unknown): boolean =>
  /^(08|53|57P|58|ECONN|EPIPE|ETIMEDOUT)/.test(String((error as { readonly code?: unknown }).code ?? ''));
