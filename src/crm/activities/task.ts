import { anyReference } from '../../fields/any-reference/any-reference.ts';
import { baseValue } from '../../fields/base-value/base-value.ts';
import { choice } from '../../fields/choice/choice.ts';
import { date } from '../../fields/date/date.ts';
import { dateTime } from '../../fields/date-time/date-time.ts';
import { longText } from '../../fields/long-text/long-text.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

/** Something to do until a day, by its owner: call back, send an offer, prepare a visit. */
export const task = entity({
  name: 'task',
  plural: 'tasks',
  label: { one: labels('Task', 'Tâche', 'Tarea'), many: labels('Tasks', 'Tâches', 'Tareas') },
  icon: 'checklist',
  title: 'subject',
  fields: {
    subject: text({ label: labels('Subject', 'Objet', 'Asunto'), required: true, max: 200 }),
    status: baseValue({
      label: labels('Status', 'Statut', 'Estado'),
      list: 'task-status',
      required: true,
      default: 'not-started',
    }),
    priority: choice({
      label: labels('Priority', 'Priorité', 'Prioridad'),
      required: true,
      default: 'normal',
      values: [
        { code: 'low', label: labels('Low', 'Basse', 'Baja'), color: 'slate' },
        { code: 'normal', label: labels('Normal', 'Normale', 'Normal') },
        { code: 'high', label: labels('High', 'Haute', 'Alta'), color: 'amber' },
        { code: 'urgent', label: labels('Urgent', 'Urgente', 'Urgente'), color: 'red' },
      ],
    }),
    due: date({ label: labels('Due', 'Échéance', 'Vencimiento') }),
    related: anyReference({
      label: labels('About', 'Concerne', 'Sobre'),
      to: ['account', 'contact', 'lead', 'opportunity'],
    }),
    description: longText({ label: labels('Description', 'Description', 'Descripción') }),
    completedAt: dateTime({
      label: labels('Completed', 'Terminée le', 'Terminada'),
      help: labels('Follows the status', 'Suit le statut', 'Sigue al estado'),
      readOnly: true,
    }),
  },
  sorts: ['due', '-due', 'subject', '-createdAt', '-completedAt'],
  list: {
    columns: ['subject', 'status', 'priority', 'due', 'related', 'owner'],
    sort: 'due',
    filters: ['subject', 'status', 'priority', 'due', 'related', 'owner', 'completedAt', 'createdAt'],
  },
  form: [
    {
      label: labels('Task', 'Tâche', 'Tarea'),
      fields: ['subject', 'status', 'priority', 'due', 'related', 'owner', 'teams'],
    },
    { label: labels('Details', 'Détails', 'Detalles'), fields: ['description', 'completedAt'] },
  ],
  board: { by: 'status', card: ['related', 'due', 'priority', 'owner'] },
  search: ['subject'],
  views: [
    {
      name: 'mine-open',
      label: labels('My open tasks', 'Mes tâches ouvertes', 'Mis tareas abiertas'),
      where: 'owner = me and status.class = open',
      sort: 'due',
    },
    {
      name: 'due-today',
      label: labels('Due today', 'À faire aujourd’hui', 'Para hoy'),
      where: 'owner = me and status.class = open and due = today',
      sort: 'due',
    },
    {
      name: 'overdue',
      label: labels('Overdue', 'En retard', 'Atrasadas'),
      where: 'status.class = open and due < today',
      sort: 'due',
    },
  ],
  importable: true,
  navigation: true,
  access: {
    sales: {
      create: 'all',
      read: 'team',
      update: 'own',
      remove: 'own',
      import: 'all',
      export: 'team',
      massChange: 'own',
    },
  },
});
