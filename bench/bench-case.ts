import { capture, portable } from './capture.ts';
import { request } from './load.ts';
import type { RawCase } from './raw-case.ts';

/** One thing measured: how to ask the product and how to ask the yardstick. */
export interface BenchCase {
  readonly name: string;
  /** The ratio that the contract promises. */
  readonly aim: number;
  /** What the yardstick runs, by the names under which `raw` asks for it. */
  readonly statements: Readonly<Record<string, readonly RawCase[]>>;
  readonly app: (place: number, key: string) => Buffer;
  readonly raw: (place: number) => Buffer;
}

/** The header that signs a request in. */
export const auth = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

/** An address of the product that reads, and the work that it does there. */
export interface Asked {
  readonly address: string;
  readonly work: () => Promise<unknown>;
}

/**
 * A case of reads, asked in turn: the yardstick runs the statements that the product sends for each, or only the `last`
 * where those before are the product's own way of finding out.
 */
export async function readsCase(
  name: string,
  asked: readonly Asked[],
  o: { readonly aim?: number; readonly last?: boolean } = {},
): Promise<BenchCase> {
  const statements: Record<string, readonly RawCase[]> = {};
  const mark = name.replace(/\W+/g, '-');
  for (const [n, { work }] of asked.entries()) {
    await work();
    const sent = await capture(work);
    if (sent.length === 0) throw new Error(`${name} sends no statement`);
    statements[`${mark}-${n}`] = (o.last ? sent.slice(-1) : sent).map((each) => portable(each));
  }
  const address = (n: number): string => asked[n % asked.length]?.address ?? '';
  return {
    name,
    aim: o.aim ?? 0.7,
    statements,
    app: (n, key) => request('GET', `/api/v1/${address(n)}`, auth(key)),
    raw: (n) => request('GET', `/${mark}-${n % asked.length}`, {}),
  };
}
