import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Db, Workspace } from '../../engine/ctx.ts';
import type { Workspaces } from '../../engine/workspace/workspaces.ts';
import type { Jobs } from '../../jobs/start-jobs.ts';
import type { Identity } from '../auth/identity.ts';

/** Everything the doors stand on, made once at start. */
export interface Services {
  readonly db: Db;
  readonly workspaces: Workspaces;
  /** The workspace of those who name none. */
  readonly mainWorkspace: string;
  /** Version of the product, told to signed-in readers. */
  readonly version: string;
  /** The origin people type, `https://crm.example.com`; null = whatever `Host` says. */
  readonly publicUrl: string | null;
  readonly hasSecureCookies: boolean;
  /** Requests each user, key or network address may send per minute. */
  readonly requestsPerMinute: number;
  /** The queue of work done beside requests; null where nothing is worked on. */
  readonly jobs: Jobs | null;
  /** Folder with the built browser app. */
  readonly webFolder: string;
  /** Whether workspaces can be served; throws when the database can't be reached. */
  isReady(): Promise<boolean>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null until recognised, and for ever at doors that need no sign-in. */
    identity: Identity | null;
    workspace: Workspace | null;
    /** The transaction that holds everything this request writes, and what waits for its end; null = there is none. */
    within: { readonly db: Db; readonly after: (() => Promise<void>)[] } | null;
  }
}

/** A function that answers one request. */
export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
