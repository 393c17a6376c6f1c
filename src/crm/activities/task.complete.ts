import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { verb } from '../../model/verb.ts';

const notOpen = message(
  'task.not-open',
  'Only an open task can be completed: this one is done or cancelled.',
  'Seule une tâche ouverte peut être terminée : celle-ci est déjà terminée ou annulée.',
  'Solo se puede terminar una tarea abierta: esta ya está terminada o cancelada.',
);
const noStatus = message(
  'task.no-done-status',
  'No status of the class “done” is offered: add one to the list of task statuses.',
  'Aucun statut de la classe « terminée » n’est proposé : ajoutez-en un à la liste des statuts des tâches.',
  'No se ofrece ningún estado de la clase «terminada»: añada uno a la lista de estados de las tareas.',
);

/** Ticks a task off. */
export const taskComplete = verb({
  entity: 'task',
  name: 'complete',
  label: labels('Mark as done', 'Terminer', 'Terminar'),
  title: labels('Mark this task as done', 'Terminer cette tâche', 'Terminar esta tarea'),
  done: labels('Task done', 'Tâche terminée', 'Tarea terminada'),
  icon: 'check',
  available: { where: 'status.class = "open"', field: 'status', otherwise: notOpen },
  async run(_task, _input, acts, env) {
    const status = env.values('task-status').find((value) => value.active && value.class === 'done');
    if (!status) return acts.refuse('status', noStatus);
    await acts.set({ status: status.code });
  },
});
