import { setTimeout as sleep } from 'node:timers/promises';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Model } from '../../model/declarations.ts';
import type { Db, Workspace } from '../ctx.ts';
import { isPassing } from '../long-work/stopped.ts';
import { onNotice } from './notices.ts';
import { type OpenWorkspace, openWorkspace } from './open.ts';
import { prepareWorkspace } from './prepare.ts';
import { isWorkspaceThere, workspaceNames } from './workspace-names.ts';

const broken = message(
  'workspace-broken',
  'The workspace “{name}” can’t be used just now: it couldn’t be brought up to this version of Rapport. Whoever runs Rapport finds the reason with “npm run rapport -- migrate --all”.',
  'L’espace de travail « {name} » est momentanément inutilisable : il n’a pas pu être mis à niveau vers cette version de Rapport. La personne qui exploite Rapport en trouve la raison avec « npm run rapport -- migrate --all ».',
  'El espacio de trabajo «{name}» no se puede usar ahora: no se ha podido actualizar a esta versión de Rapport. Quien administra Rapport encuentra el motivo con «npm run rapport -- migrate --all».',
);
const beingPrepared = message(
  'workspace-being-prepared',
  'The workspace “{name}” is being brought up to this version of Rapport. Try again in a moment.',
  'L’espace de travail « {name} » est en cours de mise à niveau vers cette version de Rapport. Réessayez dans un instant.',
  'El espacio de trabajo «{name}» se está actualizando a esta versión de Rapport. Inténtelo de nuevo en un momento.',
);

/** Open at once in a process: what is used least is closed for the next, which costs its next reader some reads. */
const mostOpen = 200;
/** How long whoever asks waits for a workspace that is being brought up to this version, in milliseconds. */
const patience = 10_000;
/** How long a workspace that couldn't be opened is left alone, in milliseconds. */
const pause = 30_000;

/** The workspaces of an installation, as those who serve them see them. */
export interface Workspaces {
  /** All there are, open or not. */
  names(): Promise<readonly string[]>;
  /**
   * The workspace of that name, brought up to this version and opened where nobody asked for it yet; null when there is
   * none. Refuses with `not-ready` one that can't be served now.
   */
  find(name: string): Promise<Workspace | null>;
}

/** Workspaces that open when they are first asked for, until all are closed. */
export interface OpenWorkspaces extends Workspaces {
  /** How many are open. */
  readonly open: number;
  close(): Promise<void>;
}

interface Entry {
  readonly opening: Promise<OpenWorkspace | null>;
  workspace: OpenWorkspace | null;
}

/** Serves the workspaces of the database behind the `db` of `openPool`. */
export async function openWorkspaces(o: {
  readonly db: Db;
  readonly model: Model;
  /** Called when an index, or entries of the search, of a workspace wait to be built. */
  readonly onWaiting?: (name: string) => void;
  /** Told why a workspace can't be opened. */
  readonly onFailure?: (error: unknown, name: string) => void;
  readonly log?: (line: string, name: string) => void;
  readonly mostOpen?: number;
}): Promise<OpenWorkspaces> {
  const { db, model } = o;
  /** The least lately used first. */
  const entries = new Map<string, Entry>();
  const failedAt = new Map<string, number>();

  const forget = (name: string): void => {
    failedAt.delete(name);
    const entry = entries.get(name);
    entries.delete(name);
    void entry?.workspace?.close();
  };
  // A workspace was made, brought up or dropped by somebody else; or that may have been missed.
  const stop = await onNotice(db, 'rapport_workspaces', (name) => {
    for (const each of name === null ? [...entries.keys(), ...failedAt.keys()] : [name]) forget(each);
  });

  async function open(name: string): Promise<OpenWorkspace | null> {
    if (!(await isWorkspaceThere(db, name))) return null;
    try {
      await prepareWorkspace({ db, model, name, isExpected: true, log: (line) => o.log?.(line, name) });
      return await openWorkspace({ db, model, name, onWaiting: () => o.onWaiting?.(name) });
    } catch (error) {
      // Dropped meanwhile, it failed because of that.
      if (isPassing(error) || (await isWorkspaceThere(db, name))) throw error;
      return null;
    }
  }

  /** Nothing under way is disturbed: whoever holds a closed workspace works on with what it knows. */
  function closeLeastUsed(): void {
    for (const [name, { workspace }] of entries) {
      if (entries.size <= (o.mostOpen ?? mostOpen)) return;
      if (workspace) forget(name);
    }
  }

  function begin(name: string): Entry {
    failedAt.delete(name);
    const opening = open(name);
    const entry: Entry = { opening, workspace: null };
    entries.set(name, entry);
    const drop = (): void => {
      if (entries.get(name) === entry) entries.delete(name);
    };
    opening.then(
      (workspace) => {
        if (!workspace) return drop();
        // Dropped or changed meanwhile: it is opened anew for the next who asks.
        if (entries.get(name) !== entry) return void workspace.close();
        entry.workspace = workspace;
        closeLeastUsed();
      },
      (error: unknown) => {
        drop();
        if (isPassing(error)) return;
        failedAt.set(name, Date.now());
        o.onFailure?.(error, name);
      },
    );
    return entry;
  }

  async function find(name: string): Promise<Workspace | null> {
    const known = entries.get(name);
    if (known?.workspace) {
      entries.delete(name);
      entries.set(name, known);
      return known.workspace;
    }
    const refusal = (said: typeof broken): Problem =>
      new Problem('not-ready', { message: said, params: { name }, extra: { retryAfter: 5 } });
    if (!known && Date.now() - (failedAt.get(name) ?? -pause) < pause) throw refusal(broken);
    const { opening } = known ?? begin(name);
    const waited = new AbortController();
    try {
      const late = sleep(patience, 'late' as const, { signal: waited.signal, ref: false });
      const found = await Promise.race([opening, late]);
      if (found === 'late') throw refusal(beingPrepared);
      return found;
    } catch (error) {
      if (failedAt.has(name)) throw refusal(broken);
      throw error;
    } finally {
      waited.abort();
    }
  }

  return {
    names: () => workspaceNames(db),
    find,
    get open() {
      return entries.size;
    },
    close: async () => {
      stop();
      const all = [...entries.values()];
      entries.clear();
      await Promise.all(all.map(async ({ opening }) => (await opening.catch(() => null))?.close()));
    },
  };
}
