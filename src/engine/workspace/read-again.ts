import type { Db } from '../ctx.ts';
import { isConnectionLost } from './lost-connection.ts';

/** How often a reading is tried in all. */
const most = 3;

/** Reads, and reads again when the connection was lost; within a transaction nothing can be read any more then. */
export async function readAgain<T>(db: Db, read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      if (attempt === most || db.isTransaction || !isConnectionLost(error)) throw error;
    }
  }
}
