import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { projectFolder } from './project.ts';
import { StartError } from './start-error.ts';

function refusal(env: Record<string, string>): StartError {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('the configuration', () => {
  test('tells every mistake at once, each with its variable, its value and a remedy', () => {
    const { message, exitCode } = refusal({
      HOST: 'not a host',
      PORT: '70000',
      DATABASE_URL: 'mysql://root:hunter2hunter2@localhost/x',
      RAPPORT_ADMIN_EMAIL: 'nobody',
      RAPPORT_ADMIN_PASSWORD: 'short',
      RAPPORT_PUBLIC_URL: 'https://crm.example.com/path',
      RAPPORT_WORKSPACE: 'Main Office',
      LOG_LEVEL: 'loud',
      RAPPORT_ROLE: 'boss',
    });
    expect(exitCode).toBe(2);
    expect(message.split('\n').slice(1)).toHaveLength(9);
    expect(message).toContain('PORT="70000" can\'t be used: give a whole number from 0 to 65535');
    expect(message).toContain('RAPPORT_PUBLIC_URL="https://crm.example.com/path"');
    expect(message).toContain('LOG_LEVEL="loud"');
  });

  test('never repeats a password', () => {
    const { message } = refusal({
      DATABASE_URL: 'postgres://me:hunter2@/',
      RAPPORT_ADMIN_EMAIL: 'a@b.example',
      RAPPORT_ADMIN_PASSWORD: 'hunter2',
    });
    expect(message).not.toContain('hunter2');
    expect(message).toContain('RAPPORT_ADMIN_PASSWORD (hidden, 7 characters)');
  });

  test.each([
    [{ RAPPORT_ADMIN_EMAIL: 'a@b.example' }, 'RAPPORT_ADMIN_PASSWORD is missing'],
    [{ RAPPORT_ADMIN_PASSWORD: 'correct horse battery' }, 'RAPPORT_ADMIN_EMAIL is missing'],
  ])('refuses half an administrator', (env, said) => {
    expect(refusal(env).message).toContain(said);
  });

  test('recognises a misspelt setting, and leaves other programs’ variables alone', () => {
    expect(refusal({ RAPPORT_DATEN: '/srv' }).message).toContain(
      'RAPPORT_DATEN is not a setting of Rapport: RAPPORT_DATA is',
    );
    expect(readConfig({ RAPPORT_TEST_RESULTS: 'x', PATH: '/bin' }).port).toBe(3000);
  });

  test('has a default for everything, and takes an empty value for none', () => {
    expect(readConfig({ PORT: '', HOST: ' ' })).toEqual({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: null,
      dataDir: join(projectFolder, 'data'),
      isDefaultDataDir: true,
      admin: null,
      publicUrl: null,
      hasSecureCookies: false,
      workspace: 'main',
      logLevel: 'info',
      requestsPerMinute: 6000,
      role: 'both',
    });
  });

  test('reads what is set', () => {
    const config = readConfig({
      HOST: '::1',
      PORT: '0',
      DATABASE_URL: 'postgresql://me:p%40ss@db.example:5433/crm?sslmode=require',
      RAPPORT_DATA: 'elsewhere',
      RAPPORT_ADMIN_EMAIL: 'ada@example.com',
      RAPPORT_ADMIN_PASSWORD: 'correct horse battery',
      RAPPORT_PUBLIC_URL: 'https://crm.example.com/',
      RAPPORT_ROLE: 'web',
    });
    expect(config).toMatchObject({
      host: '::1',
      port: 0,
      requestsPerMinute: 6000,
      role: 'web',
      hasSecureCookies: true,
      isDefaultDataDir: false,
    });
    expect(config.publicUrl).toBe('https://crm.example.com');
    expect(config.dataDir).toBe(join(projectFolder, 'elsewhere'));
    expect(config.admin).toEqual({ email: 'ada@example.com', password: 'correct horse battery' });
  });
});
