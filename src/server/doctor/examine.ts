import { openPool } from '../../engine/workspace/database.ts';
import type { Model } from '../../model/declarations.ts';
import { type Config, readConfig } from '../boot/config.ts';
import { openDatabase } from '../boot/database.ts';
import { projectFolder } from '../boot/project.ts';
import { saying } from '../boot/start-error.ts';
import { openLog } from '../log.ts';
import { examineDatabase } from './database.ts';
import { type Finding, mistake, ok } from './finding.ts';
import { examineMachine } from './machine.ts';
import { examineWorkspace } from './workspace.ts';

/** Looks at the whole installation; nothing that is wrong keeps it from looking at the rest. */
export async function examine(env: NodeJS.ProcessEnv, model: () => Model): Promise<readonly Finding[]> {
  let config: Config;
  try {
    config = readConfig(env);
  } catch (error) {
    return [mistake('Settings', saying(error), 'Correct the environment, then try again.')];
  }
  const { dataDir } = config;
  const isEmbedded = config.databaseUrl === null;
  const machine = await examineMachine({ projectFolder, dataDir, isEmbedded });
  // Opening the embedded database would make one where none is.
  const isNowhere =
    isEmbedded && machine.some((each) => each.about === 'Data folder' && each.verdict === 'mistake');
  const stored = isNowhere
    ? [
        mistake(
          'Database',
          'not looked at, for want of its folder',
          'Mend the data folder, then ask the doctor again.',
        ),
      ]
    : await examineStored(config, model);
  return [ok('Settings', 'can be used'), ...machine, ...stored];
}

async function examineStored(config: Config, model: () => Model): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    const log = await openLog('silent');
    const database = await openDatabase(config, log, { isShared: true });
    const { db, close } = openPool(database.url, { max: 2, applicationName: 'rapport command' });
    try {
      findings.push(...(await examineDatabase(db)));
      findings.push(...(await examineWorkspace({ db, model: model(), name: config.workspace })));
    } finally {
      await close();
      await database.stop();
    }
  } catch (error) {
    const about = findings.length === 0 ? 'Database' : 'Workspace';
    findings.push(mistake(about, saying(error), 'Mend that, then ask the doctor again.'));
  }
  return findings;
}
