import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installation, newKey, openInstallation } from './installation.ts';

let product: Installation;
let key: string;

beforeAll(async () => {
  product = await openInstallation();
  key = await newKey(product);
});
afterAll(() => product.close());

interface Sent {
  readonly name: string;
  /** What was answered before the crash; null = nothing. */
  id: string | null;
}

const send = async (address: string, name: string): Promise<string> => {
  const response = await fetch(`${address}/api/v1/opportunities`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, 'idempotency-key': name },
    body: JSON.stringify({ name, closeDate: '2026-12-24' }),
  });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
};

test('after kill -9 every request that is sent again with its key was done once', async () => {
  const sent: Sent[] = [];
  for (let round = 1; round <= 3; round += 1) {
    const running = product.app;
    let answered = 0;
    const kills: Promise<void>[] = [];
    const client = async (): Promise<void> => {
      while (kills.length === 0) {
        const one: Sent = { name: `deal ${sent.length + 1}`, id: null };
        sent.push(one);
        try {
          one.id = await send(running.address, one.name);
        } catch (error) {
          if (kills.length === 0) throw error;
        }
        answered += 1;
        if (answered === 60) kills.push(running.kill());
      }
    };
    await Promise.all(Array.from({ length: 6 }, client));
    await Promise.all(kills);
    await product.startAgain();
    // Whether answered or not, each is sent again.
    for (const one of sent.slice(-80)) {
      const id = await send(product.app.address, one.name);
      expect(id).toBe(one.id ?? id);
      one.id = id;
    }
  }
  const client = new pg.Client({ connectionString: product.app.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string; id: string; number: string }>(
    'select name, id, number from w_main.opportunity',
  );
  await client.end();
  const stored = new Map(rows.map((row) => [row.name, row.id]));
  expect(rows).toHaveLength(stored.size);
  expect(sent.filter(({ name, id }) => stored.get(name) !== id)).toEqual([]);
  expect(new Set(rows.map((row) => row.number)).size).toBe(rows.length);
});
