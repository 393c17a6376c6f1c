import type { Ctx } from '../src/engine/ctx.ts';
import { openPool } from '../src/engine/workspace/database.ts';
import { migrateWorkspace } from '../src/engine/workspace/migrate.ts';
import { openWorkspace } from '../src/engine/workspace/open.ts';
import { seedWorkspace } from '../src/engine/workspace/seed.ts';
import { crmModel } from '../src/server/app/crm-model.ts';

/** A workspace to measure in, migrated and seeded. */
export interface BenchPlace {
  /** The system itself, which may do everything. */
  readonly system: Ctx;
  close(): Promise<void>;
}

/** Opens (or makes) the workspace `name` of the database at `url`. */
export async function openPlace(url: string, name: string, say: (line: string) => void): Promise<BenchPlace> {
  const pool = openPool(url);
  const place = { db: pool.db, model: crmModel(), name };
  await migrateWorkspace({ ...place, log: say });
  await seedWorkspace({ ...place, now: new Date() });
  const workspace = await openWorkspace(place);
  const system: Ctx = {
    who: { userId: null, name: 'bench', roles: ['administrator'], teams: [] },
    workspace,
    locale: 'en',
    timeZone: 'UTC',
    now: new Date(),
    db: pool.db,
    door: 'system',
    batch: null,
  };
  return {
    system,
    close: async () => {
      await workspace.close();
      await pool.close();
    },
  };
}
