import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { runCommandLine } from './commands.ts';

let doors: TestDoors;
const former = { ...process.env };
beforeAll(async () => {
  doors = await testDoors();
  process.env.DATABASE_URL = doors.url;
  process.env.LOG_LEVEL = 'silent';
});
afterAll(async () => {
  process.env = former;
  await doors.close();
});

const run = async (line: string | readonly string[]) => {
  const [out, notes]: [string[], string[]] = [[], []];
  const argv = typeof line === 'string' ? line.split(' ').filter(Boolean) : line;
  const code = await runCommandLine(argv, {
    out: (text) => out.push(text),
    note: (text) => notes.push(text),
  });
  return { code, out: out.join('\n'), notes: notes.join('\n') };
};

describe('a command called wrongly', () => {
  test.each([
    ['nonsense', 'no command'],
    ['user ad', '“user add” may be meant'],
    ['user add --emial x', '--email may be meant'],
    ['user add --email x', '--name is missing'],
    ['user add --email', '--email'],
    ['user add extra --email x --name y', 'one word too many'],
    ['key create --user ada@example.org', '--name is missing'],
    ['key create --user a@example.org --name x --expires 2030-02-30', 'isn’t a day to come'],
    ['migrate --plna', '--plan may be meant'],
    ['export', 'Something is missing'],
    ['export accounts contacts', 'one word too many'],
    ['export --all', '--out is missing'],
    ['export accounts --format pdf', 'no format “pdf”'],
    ['export --all --out x --where kind', '--where is for one entity'],
    ['backup', 'Something is missing'],
    ['backup x --forse', '--force may be meant'],
    ['restore', 'Something is missing'],
    ['archive', 'Something is missing'],
    ['archive x --with-secret', '--with-secrets may be meant'],
    ['archive-restore x', '--workspace is missing'],
    ['doctor --jsn', '--json may be meant'],
    ['search rebuild accounts', 'one word too many'],
    ['search rebiuld', '“search rebuild” may be meant'],
  ])('%s exits with 2 and says why on standard error', async (line, why) => {
    const { code, out, notes } = await run(line);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain(why);
  });
});

describe('a command that is refused', () => {
  test.each([
    ['user add --email x@example.org --name X --role boss', 'There is no role boss'],
    ['user add --email nonsense --name X', 'email:'],
    ['user add --email admin@example.org --name Twin', 'email:'],
    ['user add --email x@example.org --name X --locale de', 'locale:'],
    ['user add --email x@example.org --name X --time-zone Mars/Olympus', 'timeZone:'],
    ['key create --user nobody@example.org --name x', 'No active user'],
    ['export acounts', '“accounts” may be meant'],
    ['export accounts --where nmae=1 --out /tmp/never.csv', 'nmae'],
    ['export accounts --as nobody@example.org', 'No active user'],
    ['export accounts --out /nowhere/x.csv', '/nowhere/x.csv can’t be written (ENOENT)'],
    ['backup package.json', 'is there already'],
    ['backup nowhere/x.backup', 'its folder isn’t there'],
    ['restore nowhere.backup', 'There is no such file'],
    ['restore package.json', 'no backup of Rapport'],
    ['archive package.json', 'is there already'],
    ['archive nowhere/x.zip', 'its folder isn’t there'],
    ['archive-restore package.json --workspace trial', 'no archive of Rapport'],
    ['archive-restore nowhere.zip --workspace trial', 'there is no such file'],
    ['archive-restore package.json --workspace Trial', 'can’t name a workspace'],
  ])('%s exits with 1, says why and changes nothing', async (line, why) => {
    const { code, out, notes } = await run(line);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(notes).toContain(why);
    expect((await doors.admin.browser('GET', '/users')).body.total).toBe(1);
  });
});

describe('the command line', () => {
  test('explains itself and each command', async () => {
    const overview = await run('help');
    expect(overview.code).toBe(0);
    for (const name of [
      'user add',
      'key create',
      'export',
      'backup',
      'restore',
      'archive',
      'archive-restore',
      'doctor',
      'migrate',
      'search rebuild',
    ]) {
      expect(overview.out).toContain(name);
      for (const line of [`help ${name}`, `${name} --help`])
        expect((await run(line)).out).toContain(`rapport -- ${name}`);
    }
  });

  test('makes a user whose password is printed once and works', async () => {
    const { code, out } = await run([
      'user',
      'add',
      '--email',
      'eva@example.org',
      '--name',
      'Eva Ruiz',
      '--role',
      'sales',
      '--locale',
      'es',
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){4}$/);
    const answer = await doors.call(
      'POST',
      '/w/main/api/v1/session',
      { email: 'eva@example.org', password: out },
      { 'sec-fetch-site': 'same-origin' },
    );
    expect(answer).toMatchObject({
      status: 200,
      body: { user: { name: 'Eva Ruiz', locale: 'es', roles: ['sales'] } },
    });
  });

  test('makes a key that works, alone on standard output', async () => {
    const { code, out } = await run(['key', 'create', '--user', 'ADMIN@example.org', '--name', 'Web shop']);
    expect(code).toBe(0);
    const me = await doors.call('GET', '/api/v1/me', undefined, { authorization: `Bearer ${out}` });
    expect(me.body.user.id).toBe(doors.admin.id);
  });

  test('plans and does migrations', async () => {
    expect(await run('migrate --plan')).toMatchObject({ code: 0, out: '', notes: 'Nothing to do.' });
    expect(await run('migrate')).toMatchObject({ code: 0, out: '' });
  });

  test('rebuilds the search, telling how far it has come', async () => {
    const { code, notes } = await run('search rebuild');
    expect({ code, notes }).toMatchObject({ code: 0 });
    expect(notes).toMatch(/accounts: \d+ of \d+[\s\S]*The search is rebuilt\./);
  });

  test('exports what matches, or everything of one moment, noted in the security log', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rapport-cli-'));
    try {
      await doors.admin.browser('POST', '/accounts', [{ name: 'Ash' }, { name: 'Beech', kind: 'customer' }]);
      const file = join(folder, 'some.csv');
      const line = [
        'export',
        'accounts',
        '--where',
        'kind = customer',
        '--fields',
        'name,kind',
        '--out',
        file,
      ];
      expect(await run(line)).toMatchObject({ code: 0, out: '', notes: `${file}: 1 records` });
      expect(await readFile(file, 'utf8')).toBe('\uFEFFname,kind\r\nBeech,customer\r\n');
      expect((await run(line)).notes).toContain('is there already');
      expect((await run([...line, '--force'])).code).toBe(0);

      const all = await run(['export', '--all', '--format', 'jsonl', '--out', join(folder, 'all')]);
      expect(all.code).toBe(0);
      const names = await readdir(join(folder, 'all'));
      for (const plural of ['accounts', 'contacts', 'opportunity-contacts', 'users'])
        expect(names.find((name) => name.startsWith(`rapport-${plural}-2`))).toBeDefined();
      expect(names.filter((name) => !name.endsWith('.jsonl'))).toEqual([]);
      const { body } = await doors.admin.browser('GET', '/security-events?limit=1');
      expect(body.items[0]).toMatchObject({ kind: 'export', door: 'cli', outcome: 'whole', user: null });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('takes an archive, notes it in the security log, and makes a workspace of it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rapport-cli-'));
    try {
      const file = join(folder, 'all.zip');
      const taken = await run(['archive', file]);
      expect(taken).toMatchObject({ code: 0, out: '' });
      expect(taken.notes).toMatch(/all\.zip: \d+ records as of \S+Z, 0\.\d+ MB/);
      const { body } = await doors.admin.browser('GET', '/security-events?sort=-createdAt&limit=1');
      expect(body.items).toMatchObject([{ kind: 'export', subject: 'archive', outcome: 'whole' }]);
      const restored = await run(['archive-restore', file, '--workspace', 'trial']);
      expect(restored).toMatchObject({ code: 0, out: '' });
      expect(restored.notes).toContain('It holds no passwords');
      expect((await run('workspace list')).out).toContain('trial');
      expect((await run(['archive-restore', file, '--workspace', 'trial'])).notes).toContain('isn’t empty');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('takes a backup beside the running app, which the doctor knows of, and restores it elsewhere', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rapport-cli-'));
    const elsewhere = await testDatabase({ empty: true });
    try {
      const file = join(folder, 'all.backup');
      const taken = await run(['backup', file]);
      expect(taken).toMatchObject({ code: 0, out: '' });
      expect(taken.notes).toMatch(/all\.backup: \d+ rows as of \S+Z, 0\.\d+ MB/);
      const health = JSON.parse((await run('doctor --json')).out) as {
        findings: { about: string; verdict: string }[];
      };
      expect(health.findings).toContainEqual(expect.objectContaining({ about: 'Backup', verdict: 'ok' }));
      process.env.DATABASE_URL = elsewhere.url;
      expect((await run('doctor')).code).toBe(1);
      const restored = await run(['restore', file]);
      expect(restored).toMatchObject({ code: 0, out: '' });
      expect(restored.notes).toContain('Restored:');
      expect((await run(['restore', file])).notes).toContain('isn’t empty');
      expect((await run('key create --user admin@example.org --name again')).code).toBe(0);
    } finally {
      process.env.DATABASE_URL = doors.url;
      await elsewhere.close();
      await rm(folder, { recursive: true });
    }
  });
});
