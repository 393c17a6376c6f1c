import { BackupRefused } from '../../engine/backup/refused.ts';
import { MigrationRefused } from '../../engine/schema/migration-refused.ts';
import { nearest } from '../../lib/nearest.ts';
import { Problem } from '../../lib/problem.ts';
import { StartError } from '../boot/start-error.ts';
import { archive } from './archive.ts';
import { archiveRestore } from './archive-restore.ts';
import { backup } from './backup.ts';
import { type Command, CommandFailed, type CommandRun, UsageError } from './command.ts';
import { doctor } from './doctor.ts';
import { exportFiles } from './export.ts';
import { importFile } from './import.ts';
import { keyCreate } from './key-create.ts';
import { migrate } from './migrate.ts';
import { restore } from './restore.ts';
import { searchRebuild } from './search-rebuild.ts';
import { userAdd } from './user-add.ts';
import { workspaceCreate } from './workspace-create.ts';
import { workspaceDrop } from './workspace-drop.ts';
import { workspaceList } from './workspace-list.ts';

/** Every command, in the order of the help. */
const commands: readonly Command[] = [
  userAdd,
  keyCreate,
  importFile,
  exportFiles,
  backup,
  restore,
  archive,
  archiveRestore,
  doctor,
  migrate,
  searchRebuild,
  workspaceCreate,
  workspaceList,
  workspaceDrop,
];

const calling = 'npm run rapport --';

/** Runs the command line and answers the exit code: 0 done, 1 refused or failed, 2 called wrongly, 3 done in part. */
export async function runCommandLine(
  argv: readonly string[],
  io: Pick<CommandRun, 'out' | 'note'>,
): Promise<number> {
  const asksHelp = argv.length === 0 || argv[0] === 'help' || argv.includes('--help') || argv.includes('-h');
  const wanted = spaced(argv.filter((word) => !['help', '--help', '-h'].includes(word)));
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => wanted[index] === word));
  if (asksHelp && command) return say(io.out, helpOf(command));
  if (asksHelp && wanted.length === 0) return say(io.out, overview());
  if (!command) {
    const typed = wanted.slice(0, 2).join(' ');
    const near = nearest(
      typed,
      commands.map(({ name }) => name),
    );
    io.note(
      `There is no command “${typed}”.${near ? ` “${near}” may be meant.` : ''} “${calling} help” lists them.`,
    );
    return 2;
  }
  try {
    return await command.run({ ...io, args: wanted.slice(command.name.split(' ').length) });
  } catch (error) {
    return explain(command, error, io.note);
  }
}

/** `workspace-create` is `workspace create`. */
function spaced(words: readonly string[]): readonly string[] {
  const [first = '', ...rest] = words;
  const name = first.replaceAll('-', ' ');
  return commands.some((command) => command.name === name) ? [...name.split(' '), ...rest] : words;
}

function explain(command: Command, error: unknown, note: (line: string) => void): number {
  if (error instanceof UsageError) {
    note(error.message);
    note(`Usage: ${calling} ${command.name} ${command.usage}`);
    return 2;
  }
  if (error instanceof StartError) {
    note(error.message);
    return error.exitCode;
  }
  if (error instanceof Problem && error.detail.mistakes) {
    note(error.message.replaceAll('; ', '\n'));
    return 1;
  }
  if (
    error instanceof CommandFailed ||
    error instanceof BackupRefused ||
    error instanceof MigrationRefused ||
    error instanceof Problem
  ) {
    note(error.message);
    return 1;
  }
  throw error;
}

const overview = (): string =>
  `Usage: ${calling} COMMAND [options]

${commands.map(({ name, summary }) => `  ${name.padEnd(18)}${summary}`).join('\n')}
  ${'help COMMAND'.padEnd(18)}explain a command

Configuration comes from the environment, as for “npm start”: DATABASE_URL, RAPPORT_DATA, RAPPORT_WORKSPACE …`;

const helpOf = ({ name, summary, usage, details }: Command): string => `${name}: ${summary}

Usage: ${calling} ${name} ${usage}

${details}`;

function say(out: (line: string) => void, text: string): number {
  out(text);
  return 0;
}
