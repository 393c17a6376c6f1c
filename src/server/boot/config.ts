import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { isWorkspaceName } from '../../engine/workspace/workspace-name.ts';
import { logLevels } from '../log.ts';
import { projectFolder } from './project.ts';
import { StartError } from './start-error.ts';

const text = (remedy: string) => z.string(remedy);

function isOrigin(value: string): boolean {
  const url = URL.parse(value);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.origin === value.replace(/\/$/, '').toLowerCase();
}

function isDatabaseUrl(value: string): boolean {
  const url = URL.parse(value);
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol)) return false;
  return url.pathname.length > 1 && (url.hostname !== '' || url.searchParams.has('host'));
}

/** Every setting, and what is said when its value can't be used. The order is that of the documentation. */
const schema = z.object({
  HOST: text('give an address of this machine, for example HOST=127.0.0.1')
    .regex(
      /^[a-z0-9.:_-]+$/i,
      'give one address or host name of this machine, for example HOST=127.0.0.1 or HOST=0.0.0.0',
    )
    .default('127.0.0.1'),
  PORT: text('give a port')
    .regex(/^\d{1,5}$/, 'give a whole number from 0 to 65535, for example PORT=3000 (0 takes any free port)')
    .transform(Number)
    .refine((port) => port <= 65_535, 'give a whole number from 0 to 65535, for example PORT=3000')
    .default(3000),
  DATABASE_URL: text('give an address')
    .refine(
      isDatabaseUrl,
      'give postgres://USER:PASSWORD@HOST:PORT/DATABASE, with special characters of the password percent-encoded, ' +
        'or leave it out to use the embedded PostgreSQL',
    )
    .optional(),
  RAPPORT_DATA: text('give a folder')
    .refine((path) => !path.includes('\0'), 'give a folder, for example RAPPORT_DATA=/srv/rapport')
    .optional(),
  RAPPORT_ADMIN_EMAIL: z
    .email('give an e-mail address, for example RAPPORT_ADMIN_EMAIL=you@example.com')
    .optional(),
  RAPPORT_ADMIN_PASSWORD: text('give a password')
    .min(12, 'give at least 12 characters')
    .max(200, 'give at most 200 characters')
    .optional(),
  RAPPORT_PUBLIC_URL: text('give an address')
    .refine(
      isOrigin,
      'give the address that people type, without a path, for example https://crm.example.com',
    )
    .transform((url) => url.replace(/\/$/, ''))
    .optional(),
  RAPPORT_WORKSPACE: text('give a name')
    .refine(
      isWorkspaceName,
      'give a name of up to 41 small letters, digits and hyphens that starts with a letter, for example RAPPORT_WORKSPACE=main',
    )
    .default('main'),
  LOG_LEVEL: z.enum(logLevels, `give one of ${logLevels.join(', ')}`).default('info'),
  RAPPORT_REQUESTS_PER_MINUTE: text('give a number')
    .regex(
      /^[1-9]\d{1,8}$/,
      'give how many requests one user or key may send per minute, from 10, for example RAPPORT_REQUESTS_PER_MINUTE=6000',
    )
    .transform(Number)
    .default(6000),
  RAPPORT_ROLE: z.enum(['web', 'worker', 'both'], 'give web, worker or both').default('both'),
});

type Setting = keyof typeof schema.shape;

const passwords: ReadonlySet<string> = new Set([
  'RAPPORT_ADMIN_PASSWORD',
  'DATABASE_URL',
] satisfies Setting[]);

/** Everything that can be set from outside, read once at start. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Another PostgreSQL; null is the embedded one. Holds a password: never log it. */
  readonly databaseUrl: string | null;
  /** The data folder, absolute. A relative `RAPPORT_DATA` starts at the project's folder. */
  readonly dataDir: string;
  /** True when nobody chose the data folder, so that Rapport may. */
  readonly isDefaultDataDir: boolean;
  /** The first administrator of an unattended set-up. */
  readonly admin: { readonly email: string; readonly password: string } | null;
  /** The origin that people type, without a final slash; null when none is configured. */
  readonly publicUrl: string | null;
  /** Whether cookies may travel over HTTPS only. */
  readonly hasSecureCookies: boolean;
  readonly workspace: string;
  readonly logLevel: (typeof logLevels)[number];
  /** What one user or key may ask: generous for a person and a program at work, small for one that runs wild. */
  readonly requestsPerMinute: number;
  readonly role: 'web' | 'worker' | 'both';
}

type Environment = Readonly<Record<string, string | undefined>>;

function shown(name: string, value: string): string {
  if (passwords.has(name)) return `${name} (hidden, ${value.length} characters)`;
  const clean = JSON.stringify(value);
  return `${name}=${clean.length > 80 ? `${clean.slice(0, 80)}…"` : clean}`;
}

/** The setting that a mistyped name probably means: the one that shares most of its words' letters. */
function nearest(name: string): string | undefined {
  const pairs = (word: string) => new Set(Array.from(word.slice(1), (letter, at) => `${word[at]}${letter}`));
  const wanted = pairs(name.replace(/^RAPPORT_/, ''));
  const scored = Object.keys(schema.shape).map((known) => {
    const has = pairs(known.replace(/^RAPPORT_/, ''));
    return {
      known,
      score: (2 * [...wanted].filter((pair) => has.has(pair)).length) / (wanted.size + has.size),
    };
  });
  return scored.filter(({ score }) => score >= 0.5).sort((a, b) => b.score - a.score)[0]?.known;
}

/** Names that resemble a setting without being one; others with our prefix may belong to tools around us. */
function misspeltSettings(set: Readonly<Record<string, string>>): string[] {
  return Object.keys(set)
    .filter((name) => name.startsWith('RAPPORT_') && !(name in schema.shape))
    .flatMap((name) => {
      const meant = nearest(name);
      return meant
        ? [`${name} is not a setting of Rapport: ${meant} is. Correct the name, or take it out.`]
        : [];
    });
}

function halfAnAdministrator(set: Readonly<Record<string, string>>): string[] {
  const [email, password] = ['RAPPORT_ADMIN_EMAIL', 'RAPPORT_ADMIN_PASSWORD'];
  if (email in set === password in set) return [];
  const [given, missing] = email in set ? [email, password] : [password, email];
  return [`${missing} is missing: ${given} is set, and an unattended set-up needs both or neither.`];
}

function mistakesOf(set: Readonly<Record<string, string>>, issues: readonly z.core.$ZodIssue[]): string[] {
  const wrong = new Map(issues.map((issue) => [String(issue.path[0]), issue.message]));
  return [...wrong].map(([name, remedy]) => `${shown(name, set[name] ?? '')} can't be used: ${remedy}.`);
}

/** Reads the configuration, or throws one `StartError` (exit code 2) that tells every mistake. */
export function readConfig(env: Environment): Config {
  const set = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const read = schema.safeParse(set);
  const mistakes = [
    ...mistakesOf(set, read.error?.issues ?? []),
    ...halfAnAdministrator(set),
    ...misspeltSettings(set),
  ];
  if (!read.success || mistakes.length > 0) {
    throw new StartError(
      `The configuration can't be used:\n${mistakes.map((line) => `  - ${line}`).join('\n')}`,
      2,
    );
  }
  const { data } = read;
  const given = data.RAPPORT_DATA;
  return {
    host: data.HOST,
    port: data.PORT,
    databaseUrl: data.DATABASE_URL ?? null,
    dataDir:
      given === undefined
        ? join(projectFolder, 'data')
        : isAbsolute(given)
          ? given
          : resolve(projectFolder, given),
    isDefaultDataDir: given === undefined,
    admin:
      data.RAPPORT_ADMIN_EMAIL === undefined || data.RAPPORT_ADMIN_PASSWORD === undefined
        ? null
        : { email: data.RAPPORT_ADMIN_EMAIL, password: data.RAPPORT_ADMIN_PASSWORD },
    publicUrl: data.RAPPORT_PUBLIC_URL ?? null,
    hasSecureCookies: data.RAPPORT_PUBLIC_URL?.startsWith('https://') ?? false,
    workspace: data.RAPPORT_WORKSPACE,
    logLevel: data.LOG_LEVEL,
    requestsPerMinute: data.RAPPORT_REQUESTS_PER_MINUTE,
    role: data.RAPPORT_ROLE,
  };
}
