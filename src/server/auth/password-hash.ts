import { hash, verify } from '@node-rs/argon2';

/** Argon2id with 19 MiB, two passes, one lane: the OWASP minimum, some 50 ms on one core. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The text that the database keeps of a password. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost);

let nobodys: Promise<string> | undefined;

/**
 * True when `password` is the one that was hashed. Without a hash (no such user, no password yet) it does the
 * same work and answers false, so that the time taken tells nobody who has an account.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword('the password of nobody at all');
  const dummy = await nobodys;
  const equal = await verify(stored ?? dummy, password.normalize('NFKC'));
  return equal && stored !== null;
}
