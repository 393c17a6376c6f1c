import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import type { Ctx } from '../../engine/ctx.ts';
import { openPool } from '../../engine/workspace/database.ts';
import { openLog } from '../log.ts';
import { buildApp } from './build-app.ts';
import { isRetryable, postgresProblem } from './postgres-problem.ts';
import { withRetry } from './retry.ts';

const said = (code: string, more: object = {}): Error =>
  Object.assign(new Error('said PostgreSQL'), { code, severity: 'ERROR', ...more });

describe('what PostgreSQL says', () => {
  test.each([
    ['a mistake of ours', said('42P01'), null],
    ['a value too large', said('22003'), null],
    ['an error of another kind', new TypeError('x is not a function'), null],
    ['nothing thrown at all', 'text', null],
    ['a lost connection', new Error('Connection terminated unexpectedly'), 'not-ready'],
    ['no free connection', new Error('timeout exceeded when trying to connect'), 'not-ready'],
    [
      'no server',
      Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' }),
      'not-ready',
    ],
    ['a server that stops', said('57P01'), 'not-ready'],
    ['a server that starts', said('57P03'), 'not-ready'],
    ['too many connections', said('53300'), 'not-ready'],
    ['a statement that took too long', said('57014'), 'not-ready'],
    ['a deadlock', said('40P01'), 'conflict'],
    ['a lock held too long', said('55P03'), 'conflict'],
    ['a double value', said('23505', { detail: 'Key (plate_no_fold)=(x) already exists.' }), 'invalid'],
  ])('%s', (_what, error, code) => {
    expect(postgresProblem(error)?.code ?? null).toBe(code);
  });

  test('of a double value names the field as JSON does', () => {
    const problem = postgresProblem(said('23505', { detail: 'Key (plate_no_fold)=(x) already exists.' }));
    expect(problem?.detail.mistakes).toMatchObject([{ field: 'plateNo' }]);
  });
});

describe('a database that went away', () => {
  const network = (code: string, syscall: string): Error =>
    Object.assign(new Error(`${syscall} ${code}`), { code, syscall });

  test.each([
    ['before anything was sent', network('ECONNREFUSED', 'connect'), 'database-unreachable'],
    [
      'before a connection was free',
      new Error('timeout exceeded when trying to connect'),
      'database-unreachable',
    ],
    ['before it answered', new Error('Connection terminated unexpectedly'), 'database-lost'],
    ['while it was read from', network('ECONNRESET', 'read'), 'database-lost'],
    ['in a crash', said('57P02'), 'database-lost'],
    ['when it was shut down', said('57P01'), 'database-lost'],
  ])('%s is told as what is known of the change', (_what, error, code) => {
    expect(postgresProblem(error)?.detail.message?.code).toBe(code);
  });
});

describe('a write that lost against another', () => {
  const ctx = { db: { isTransaction: false } } as Pick<Ctx, 'db'>;
  test('is tried three times, and no more', async () => {
    let tries = 0;
    const losing = (wins: number) => async () => {
      tries += 1;
      if (tries < wins) throw said('40001');
      return tries;
    };
    expect(await withRetry(ctx, losing(3))).toBe(3);
    tries = 0;
    await expect(withRetry(ctx, losing(9))).rejects.toSatisfy(isRetryable);
    expect(tries).toBe(3);
  });

  test('for another reason isn’t tried again', async () => {
    let tries = 0;
    const failing = async () => {
      tries += 1;
      throw said('23505');
    };
    await expect(withRetry(ctx, failing)).rejects.toThrow();
    expect(tries).toBe(1);
  });
});

describe('without a database', () => {
  let doors: TestDoors;
  beforeAll(async () => {
    doors = await testDoors();
  });
  afterAll(() => doors.close());

  test('every door answers 503 and when to try again, never 500', async () => {
    const gone = openPool('postgres://nobody@127.0.0.1:1/none');
    const app = await buildApp({ ...doors.services, db: gone.db }, await openLog('silent'));
    const headers = {
      cookie: doors.admin.cookie,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
    };
    for (const [method, url, payload] of [
      ['GET', '/w/main/api/v1/accounts', undefined],
      ['POST', '/w/main/api/v1/accounts', '{"name":"x"}'],
      ['POST', '/w/main/api/v1/session', '{"email":"a@b.org","password":"four words make one"}'],
      ['GET', '/w/main/api/v1/setup', undefined],
    ] as const) {
      const answer = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
      expect(answer.statusCode, url).toBe(503);
      expect(answer.json()).toMatchObject({ code: 'database-unreachable' });
      expect(answer.headers['retry-after']).toBe('2');
    }
    await app.close();
    await gone.close();
  });
});
