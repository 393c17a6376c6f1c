import type { Model } from '../../model/declarations.ts';
import type { Db, Workspace } from '../ctx.ts';
import { loadWorkspace } from './load.ts';
import { onNotice } from './notices.ts';

/** A workspace whose set-up follows what any process changes, until it is closed. */
export interface OpenWorkspace extends Workspace {
  close(): Promise<void>;
}

/** Opens a migrated workspace on the `db` of `openPool`. */
export async function openWorkspace(o: {
  readonly db: Db;
  readonly model: Model;
  readonly name: string;
  /** Called when an index, or entries of the search, wait to be built. */
  readonly onWaiting?: () => void;
}): Promise<OpenWorkspace> {
  let workspace: Workspace | null = null;
  // A failure is that of a database that went away; the channel tells again once it is back.
  const stop = await onNotice(o.db, 'rapport_setup', (name) => {
    if (name === null || name === o.name) void workspace?.refresh().catch(() => {});
  });
  try {
    workspace = await loadWorkspace(o);
  } catch (error) {
    stop();
    throw error;
  }
  const opened = workspace;
  return {
    name: opened.name,
    schema: opened.schema,
    get model() {
      return opened.model;
    },
    declaredInCode: opened.declaredInCode,
    baseValues: opened.baseValues,
    get rights() {
      return opened.rights;
    },
    numbers: opened.numbers,
    matchingOf: (entity) => opened.matchingOf(entity),
    get mergedIds() {
      return opened.mergedIds;
    },
    get setupVersion() {
      return opened.setupVersion;
    },
    get currency() {
      return opened.currency;
    },
    refresh: () => opened.refresh(),
    close: async () => stop(),
  };
}
