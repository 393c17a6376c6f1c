import { openPool } from '../../engine/workspace/database.ts';
import { migrateWorkspace, planWorkspace } from '../../engine/workspace/migrate.ts';
import { crmModel } from '../app/crm-model.ts';
import type { Command } from './command.ts';
import { readOptions } from './options.ts';
import { withDatabase } from './with-workspace.ts';

/** `migrate`: brings the database up to the declarations, or shows how. */
export const migrate: Command = {
  name: 'migrate',
  summary: 'bring the database up to this version; with --plan only show how',
  usage: '[--plan] [--allow-destructive]',
  details: `  --plan                show the steps and their SQL, change nothing
  --allow-destructive   also drop columns and tables that nothing declares any more, with what is in them

  “npm start” migrates too, but never destroys anything.`,
  run: async ({ args, out, note }) => {
    const { values } = readOptions(args, { plan: 'switch', 'allow-destructive': 'switch' }, 0);
    return withDatabase(async ({ url, workspace: name }) => {
      const pool = openPool(url, { max: 3, applicationName: 'rapport command' });
      try {
        const place = { db: pool.db, model: crmModel(), name };
        if (values.plan) {
          const steps = await planWorkspace(place);
          for (const step of steps) {
            out(`-- ${step.about}${step.destructive ? ' (destroys data: needs --allow-destructive)' : ''}`);
            if (step.refusal) out(`-- refused: ${step.refusal}`);
            out(`${step.sql};`);
          }
          note(steps.length === 0 ? 'Nothing to do.' : `${steps.length} steps; nothing was changed.`);
          return 0;
        }
        const { applied, pending } = await migrateWorkspace({
          ...place,
          log: note,
          allowDestructive: values['allow-destructive'],
        });
        note(applied.length === 0 ? 'Nothing was to do.' : `${applied.length} steps done.`);
        for (const line of pending) note(`Left for you to decide (--allow-destructive): ${line}`);
        return 0;
      } finally {
        await pool.close();
      }
    });
  },
};
