import { openPool } from '../../src/engine/workspace/database.ts';
import { migrateWorkspace } from '../../src/engine/workspace/migrate.ts';
import { seedWorkspace } from '../../src/engine/workspace/seed.ts';
import { crmModel } from '../../src/server/app/crm-model.ts';

/** Brings the database at `url` to the state that each test's clone starts from. Runs once per test run. */
export async function prepareTemplate(url: string): Promise<void> {
  const { db, close } = openPool(url);
  const model = crmModel();
  try {
    await migrateWorkspace({ db, model, name: 'main' });
    await seedWorkspace({ db, model, name: 'main', now: new Date() });
  } finally {
    await close();
  }
}
