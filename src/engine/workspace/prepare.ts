import { type Migrated, type MigrateOptions, migrateWorkspace } from './migrate.ts';
import { seedWorkspace } from './seed.ts';

/**
 * Brings a workspace up to this version, making it where it isn't there, so that it can be opened. Costs a few reads
 * where nothing is to do; safe to run from several processes at once. Refuses as `migrateWorkspace` does.
 */
export async function prepareWorkspace(o: MigrateOptions): Promise<Migrated> {
  const migrated = await migrateWorkspace(o);
  await seedWorkspace({ ...o, now: new Date() });
  return migrated;
}
