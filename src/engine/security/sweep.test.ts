import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { noteSecurity } from './security-log.ts';
import { sweepSignIns } from './sweep.ts';
import { sweepLog } from './sweep-log.ts';

let it: TestWorkspace;

beforeAll(async () => {
  it = await testWorkspace();
});
afterAll(() => it.close());

test('sessions that ended and attempts long forgotten go, all others stay', async () => {
  const { db } = it.system;
  await sql`insert into w_main.session (token_hash, id, user_id, created_at, expires_at, last_seen_at)
    select sha256(n::text::bytea), gen_random_uuid(), gen_random_uuid(), now(), now() + (n || ' days')::interval, now()
    from unnest(array[-3, -1, 1, 30]) n`.execute(db);
  await sql`insert into w_main.sign_in_attempt (key, failures, first_at, blocked_until) values
    ('old', 3, now() - interval '3 days', null), ('new', 3, now() - interval '1 hour', null),
    ('blocked', 9, now() - interval '3 days', now() + interval '1 minute')`.execute(db);
  await sweepSignIns(it.system, new Date());
  const sessions = await sql<{ n: number }>`select count(*)::int as n from w_main.session
    where expires_at > now()`.execute(db);
  const all = await sql<{ n: number }>`select count(*)::int as n from w_main.session`.execute(db);
  expect([sessions.rows, all.rows]).toEqual([[{ n: 2 }], [{ n: 2 }]]);
  const attempts = await sql`select key from w_main.sign_in_attempt order by key`.execute(db);
  expect(attempts.rows).toEqual([{ key: 'blocked' }, { key: 'new' }]);
});

test('what the security log noted more than thirteen months ago goes, with its history; the rest stays', async () => {
  const { db } = it.system;
  const note = () => noteSecurity(it.system, { kind: 'export', subject: 'contacts' });
  const [old, young] = [await note(), await note()];
  await sql`update w_main.security_event set created_at = now() - interval '401 days' where id = ${old}`.execute(
    db,
  );
  await sweepLog(it.system, new Date());
  for (const table of ['security_event', 'event']) {
    const id = sql.ref(table === 'event' ? 'record' : 'id');
    const { rows } = await sql<{ id: string }>`
      select ${id} as id from ${sql.id('w_main', table)} where ${id} in (${old}, ${young})`.execute(db);
    expect(rows, table).toEqual([{ id: young }]);
  }
});
