import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../../shared/data');

/**
 * The path of a real export that stands beside the repository (`crm/npsp-accounts.csv`), or null where it
 * doesn't, and then says so: use it as `test.skipIf(!file)`.
 */
export function sharedData(name: string): string | null {
  const path = resolve(folder, name);
  if (existsSync(path)) return path;
  console.warn(`SKIPPED: ${path} is not there, so the tests on that real data can't run`);
  return null;
}
