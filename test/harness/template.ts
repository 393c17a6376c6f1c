import { openPool } from '../../src/engine/workspace/database.ts';
import { migrateWorkspace } from '../../src/engine/workspace/migrate.ts';
import { productModel } from './product-model.ts';

/** Brings the database at `url` to the state that each test's clone starts from: a migrated workspace `main`. */
export async function prepareTemplate(url: string): Promise<void> {
  const { db, close } = openPool(url, { max: 2 });
  try {
    await migrateWorkspace({ db, model: productModel(), name: 'main' });
  } finally {
    await close();
  }
}
