import { sql } from 'kysely';
import type { Ctx } from '../src/engine/ctx.ts';
import { createRecords } from '../src/engine/record/verbs.ts';
import { entityOf } from '../src/model/declarations.ts';
import { createApiKey } from '../src/server/auth/api-keys.ts';
import { identifyKey } from '../src/server/auth/identify.ts';
import { readApiKey } from '../src/server/auth/token.ts';
import type { People } from './data.ts';

/** Those as whom the bench asks. */
export interface Readers {
  /** A sales representative, who sees what his team owns. */
  readonly rep: Ctx;
  readonly key: string;
  readonly adminKey: string;
  /** Somebody who sees everything, as a person does. */
  administrator(of: Ctx): Ctx;
  /** The look-up that the product does of the representative's key. */
  identify(): Promise<unknown>;
}

const email = 'bench-admin@example.org';

/** Finds or makes those who ask, each with a key of this run. */
export async function makeReaders(system: Ctx, people: People): Promise<Readers> {
  const [rep] = people.reps;
  if (!rep) throw new Error('the bench has nobody to act as');
  const { schema } = system.workspace;
  const place = { db: system.db, schema, workspace: system.workspace.name, now: new Date() };
  const keyOf = async (userId: string): Promise<string> =>
    (await createApiKey(place, { userId, name: 'bench', createdBy: null, expiresAt: null })).key;
  const key = await keyOf(rep.id);
  const admin = await administratorId(system);
  const look = { db: system.db, workspace: system.workspace, now: new Date() };
  return {
    rep: {
      ...system,
      who: { userId: rep.id, name: 'Rep', roles: ['sales'], teams: rep.teams },
      door: 'api',
    },
    key,
    adminKey: await keyOf(admin),
    administrator: (of) => ({
      ...of,
      who: { userId: admin, name: 'Admin', roles: ['administrator'], teams: [] },
    }),
    identify: () => identifyKey(look, readApiKey(key)?.secret ?? ''),
  };
}

async function administratorId(system: Ctx): Promise<string> {
  const { schema } = system.workspace;
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.id(schema, 'user')} where email = ${email}`.execute(system.db);
  if (rows[0]) return rows[0].id;
  const { rows: roles } = await sql<{ id: string }>`
    select id from ${sql.id(schema, 'role')} where code = 'administrator'`.execute(system.db);
  const values = { name: 'Bench administrator', email, roles: roles.map(({ id }) => id) };
  const [made] = await createRecords(system, entityOf(system.workspace.model, 'user'), [values]);
  return made?.id ?? '';
}
