import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditAll } from './audit.ts';
import { type Installation, newKey, openInstallation } from './installation.ts';
import { newLedger, writeUntil } from './load.ts';
import { killPostgres } from './real-app.ts';

const ledger = newLedger();
let product: Installation;
let key: string;

beforeAll(async () => {
  product = await openInstallation();
  key = await newKey(product);
});
afterAll(() => product.close());

/** Every third round the whole machine seems to lose power; in the others the app alone dies. */
const rounds = Array.from({ length: 10 }, (_, index) => ({
  round: index + 1,
  victim:
    index % 3 === 2 ? 'the app and its PostgreSQL' : index === 4 ? 'PostgreSQL, then the app' : 'the app',
}));

describe('kill -9 after 200 acknowledged writes', () => {
  test.each(rounds)('round $round, of $victim: none is lost, none half done', async ({ round, victim }) => {
    const running = product.app;
    const strike = {
      'the app': () => running.kill(),
      'the app and its PostgreSQL': async () => {
        await Promise.all([running.kill(), killPostgres(product.folder)]);
      },
      'PostgreSQL, then the app': async () => {
        await killPostgres(product.folder);
        await running.kill();
      },
    }[victim] as () => Promise<void>;
    await writeUntil({ address: running.address, key, clients: 8, enough: 200 }, ledger, strike);
    expect(ledger.strange).toEqual([]);
    expect(ledger.acknowledged).toBeGreaterThanOrEqual(200 * round);

    await product.startAgain();
    expect((await fetch(`${product.app.address}/readyz`)).status).toBe(200);
    const client = new pg.Client({ connectionString: product.app.databaseUrl });
    await client.connect();
    try {
      expect(await auditAll(client, ledger)).toEqual([]);
    } finally {
      await client.end();
    }
  });

  test('the audit would have told: it finds a write taken back, an event and a search entry that are gone', async () => {
    const running = product.app;
    const client = new pg.Client({ connectionString: running.databaseUrl });
    await client.connect();
    const tampered = async (statement: string): Promise<string> => {
      await client.query('begin');
      const { rowCount } = await client.query(statement);
      const findings = await auditAll(client, ledger);
      await client.query('rollback');
      return `${rowCount} changed, ${findings.length} found`;
    };
    try {
      const last = `(select record from w_main.external_key where entity = 'account' and source = 'crash' order by key limit 1)`;
      expect(await tampered(`update w_main.account set name = 'former' where id = ${last}`)).toMatch(
        /^1 changed, [12] found/,
      );
      expect(await tampered(`delete from w_main.event where record = ${last} and version = 1`)).toBe(
        '1 changed, 1 found',
      );
      expect(await tampered(`delete from w_main.search_entry where record = ${last}`)).toBe(
        '1 changed, 1 found',
      );
      expect(await tampered(`delete from w_main.external_key where record = ${last}`)).toBe(
        '1 changed, 2 found',
      );
      expect(
        await tampered(
          `delete from w_main.account where name = (select min(name) from w_main.account where name like 'batch%')`,
        ),
      ).toMatch(/^1 changed, [1-9]/);
      expect(
        await tampered(
          `delete from w_main.account_contact where id = (select min(id::text)::uuid from w_main.account_contact)`,
        ),
      ).toMatch(/^1 changed, [1-9]/);
    } finally {
      await client.end();
    }
  });

  test('what was written is read through the API with the same key, and the app stops in order', async () => {
    const running = product.app;
    const response = await fetch(`${running.address}/api/v1/contacts?count=exact&limit=1`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const acknowledged = ledger.records.filter(
      (record) => record.entity === 'contact' && record.acknowledged,
    ).length;
    expect(((await response.json()) as { total: number }).total).toBeGreaterThanOrEqual(acknowledged);
    expect(acknowledged).toBeGreaterThan(100);
    expect(await running.stop()).toBe(0);
  });
});
