import { hash, randomBytes } from 'node:crypto';

/** A secret of 256 random bits, as 43 characters that need no escaping in a header, a cookie or an address. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What the database keeps of a token: its SHA-256, from which nobody gets the token back. */
export const hashToken = (token: string): Buffer => hash('sha256', token, 'buffer');

/** True when `text` has the form of a token; anything else needn't be looked up. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

const apiKey = /^rpt_([a-z][a-z0-9-]{0,40})_([A-Za-z0-9_-]{43})$/;

/** An API key as its owner sees it once: it names its workspace, so that one address serves all of them. */
export const writeApiKey = (workspace: string, secret: string): string => `rpt_${workspace}_${secret}`;

/** The workspace and the secret of an API key; null when it hasn't the form of one. */
export function readApiKey(text: string): { workspace: string; secret: string } | null {
  const [, workspace, secret] = apiKey.exec(text) ?? [];
  return workspace && secret ? { workspace, secret } : null;
}
