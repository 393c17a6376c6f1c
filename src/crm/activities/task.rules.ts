import { isChanged, type Rule } from '../../model/rule.ts';

/** What holds for every task, whichever door writes it. */
export const taskRules: readonly Rule[] = [
  {
    entity: 'task',
    name: 'a task is completed when its status says so',
    derive(change, env) {
      if (!isChanged(change, 'status')) return {};
      const classOf = (code: unknown) => env.value('task-status', code)?.class ?? null;
      const isDone = classOf(change.after.status) === 'done';
      const wasDone = change.before !== null && classOf(change.before.status) === 'done';
      if (isDone && wasDone) return {};
      return { completedAt: isDone ? env.now.toISOString() : null };
    },
  },
];
