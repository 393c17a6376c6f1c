import type { Step } from '../../engine/schema/step.ts';
import { openPool } from '../../engine/workspace/database.ts';
import { migrateWorkspace, planWorkspace } from '../../engine/workspace/migrate.ts';
import { tellWorkspace } from '../../engine/workspace/tell-workspace.ts';
import { workspaceNames } from '../../engine/workspace/workspace-names.ts';
import { crmModel } from '../app/crm-model.ts';
import type { Command } from './command.ts';
import { migrateAll } from './migrate-all.ts';
import { readOptions } from './options.ts';
import { withDatabase } from './with-workspace.ts';

/** `migrate`: brings the database up to the declarations, or shows how. */
export const migrate: Command = {
  name: 'migrate',
  summary: 'bring the database up to this version; with --plan only show how',
  usage: '[--all] [--plan] [--allow-destructive]',
  details: `  --all                 every workspace of the installation instead of RAPPORT_WORKSPACE, one after the other
  --plan                show the steps and their SQL, change nothing
  --allow-destructive   also drop columns and tables that nothing declares any more, with what is in them

  “npm start” migrates too, but never destroys anything. With --all, a workspace that is refused is told of and left
  as it was, and the others are brought up; called again, it goes on where it was. Exit code 0: all are up to
  date; 3: some were refused; 1: all were.`,
  run: async ({ args, out, note }) => {
    const { values } = readOptions(args, { all: 'switch', plan: 'switch', 'allow-destructive': 'switch' }, 0);
    return withDatabase(async ({ url, workspace: name }) => {
      const pool = openPool(url, { max: 3, applicationName: 'rapport command' });
      try {
        const { db } = pool;
        const model = crmModel();
        const place = { db, model, name };
        const allowDestructive = values['allow-destructive'];
        if (values.plan) {
          const names = values.all ? await workspaceNames(db) : [name];
          const steps: Step[] = [];
          for (const each of names) {
            const own = await planWorkspace({ ...place, name: each });
            if (values.all && own.length > 0) out(`-- workspace ${each}`);
            show(own, out);
            steps.push(...own);
          }
          note(steps.length === 0 ? 'Nothing to do.' : `${steps.length} steps; nothing was changed.`);
          return 0;
        }
        if (values.all) {
          const begun = Date.now();
          const { done, current, broken } = await migrateAll({ db, model, allowDestructive, tell: note });
          const seconds = ((Date.now() - begun) / 1000).toFixed(1);
          note(`${done} brought up, ${current} up to date, ${broken.length} refused, in ${seconds} s.`);
          if (broken.length === 0) return 0;
          note(
            `Refused, while the others are served: ${broken.join(', ')}. Do what is said, then call this again.`,
          );
          return done + current > 0 ? 3 : 1;
        }
        const { applied, pending } = await migrateWorkspace({
          ...place,
          log: note,
          allowDestructive,
        });
        await tellWorkspace(db, name);
        note(applied.length === 0 ? 'Nothing was to do.' : `${applied.length} steps done.`);
        for (const line of pending) note(`Left for you to decide (--allow-destructive): ${line}`);
        return 0;
      } finally {
        await pool.close();
      }
    });
  },
};

function show(steps: readonly Step[], out: (line: string) => void): void {
  for (const step of steps) {
    out(`-- ${step.about}${step.destructive ? ' (destroys data: needs --allow-destructive)' : ''}`);
    if (step.refusal) out(`-- refused: ${step.refusal}`);
    out(`${step.sql};`);
  }
}
