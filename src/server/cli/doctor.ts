import { crmModel } from '../app/crm-model.ts';
import { examine } from '../doctor/examine.ts';
import type { Command } from './command.ts';
import { readOptions } from './options.ts';

/** `doctor`: looks at the installation and says how to mend it. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'check the installation and say how to mend it',
  usage: '[--json]',
  details: `  --json   print what was found as JSON

  Looks at Node, dependencies, browser app, data folder, disk, database, role, clock, tables, indexes, event log,
  search and the last backup. Changes nothing; the embedded database is started for the while when Rapport
  doesn’t run. Exit code 0: no mistake, though perhaps warnings; 1: a mistake.

  npm run rapport -- doctor`,
  run: async ({ args, out, note }) => {
    const { values } = readOptions(args, { json: 'switch' }, 0);
    const findings = await examine(process.env, crmModel);
    const count = (verdict: string): number => findings.filter((each) => each.verdict === verdict).length;
    const [mistakes, warnings] = [count('mistake'), count('warning')];
    if (values.json) out(JSON.stringify({ mistakes, warnings, findings }, null, 2));
    else {
      const width = Math.max(...findings.map(({ about }) => about.length));
      for (const { about, verdict, said, remedy } of findings) {
        out(`${verdict.padEnd(7)}  ${about.padEnd(width)}  ${said}`);
        if (remedy !== null) out(`${' '.repeat(width + 11)}→ ${remedy}`);
      }
      note(`${mistakes} mistakes, ${warnings} warnings.`);
    }
    return mistakes > 0 ? 1 : 0;
  },
};
