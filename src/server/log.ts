import { type DestinationStream, type Logger, pino } from 'pino';

/** How loud the log is, quietest last. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** One of the levels of the log. */
export type LogLevel = (typeof logLevels)[number];

/** What the rest of the server writes its log to. */
export type Log = Logger;

/** Members that never reach the log, wherever a request or an error carries them. */
const secrets = [
  'password',
  'token',
  'databaseUrl',
  'DATABASE_URL',
  '*.password',
  '*.token',
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
];

/**
 * Opens the log: JSON lines on standard output for programs, readable lines when a person watches.
 * `to` replaces standard output, in tests.
 */
export async function openLog(level: LogLevel, to?: DestinationStream): Promise<Log> {
  const options = { level, base: null, redact: { paths: secrets, censor: '(hidden)' } };
  if (to) return pino(options, to);
  if (!process.stdout.isTTY) return pino(options);
  // A development tool: an installation without those gets JSON lines, on a terminal too.
  const pretty = await import('pino-pretty').then((module) => module.default).catch(() => null);
  if (!pretty) return pino(options);
  return pino(options, pretty({ sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' }));
}
