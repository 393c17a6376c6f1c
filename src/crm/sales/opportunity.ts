import { baseValue } from '../../fields/base-value/base-value.ts';
import { date } from '../../fields/date/date.ts';
import { longText } from '../../fields/long-text/long-text.ts';
import { money } from '../../fields/money/money.ts';
import { percent } from '../../fields/percent/percent.ts';
import { reference } from '../../fields/reference/reference.ts';
import { serial } from '../../fields/serial/serial.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { entity } from '../../model/entity.ts';

const reasonMissing = message(
  'opportunity.lost-without-reason',
  'A lost opportunity says why: choose a reason under “Lost because”.',
  'Une opportunité perdue indique pourquoi : choisissez un motif de perte.',
  'Una oportunidad perdida dice por qué: elija un motivo de pérdida.',
);
const reasonSuperfluous = message(
  'opportunity.reason-without-loss',
  'Only a lost opportunity has a reason for the loss: clear it or choose a lost stage.',
  'Seule une opportunité perdue a un motif de perte : effacez-le ou choisissez une étape perdue.',
  'Solo una oportunidad perdida tiene motivo de pérdida: bórrelo o elija una etapa perdida.',
);

/** A deal that may be won: what, with whom, how much, how likely and until when. */
export const opportunity = entity({
  name: 'opportunity',
  plural: 'opportunities',
  label: {
    one: labels('Opportunity', 'Opportunité', 'Oportunidad'),
    many: labels('Opportunities', 'Opportunités', 'Oportunidades'),
  },
  icon: 'target',
  title: 'name',
  fields: {
    number: serial({ label: labels('Number', 'Numéro', 'Número'), prefix: 'OPP-', ownNumbers: true }),
    name: text({ label: labels('Name', 'Nom', 'Nombre'), required: true, max: 200 }),
    account: reference({ label: labels('Account', 'Compte', 'Cuenta'), to: 'account' }),
    contact: reference({
      label: labels('Primary contact', 'Contact principal', 'Contacto principal'),
      to: 'contact',
    }),
    stage: baseValue({
      label: labels('Stage', 'Étape', 'Etapa'),
      list: 'opportunity-stage',
      required: true,
      default: 'prospecting',
    }),
    probability: percent({
      label: labels('Probability', 'Probabilité', 'Probabilidad'),
      help: labels(
        'Follows the stage until you type another one',
        'Suit l’étape tant que vous n’en saisissez pas une autre',
        'Sigue a la etapa mientras no escriba otra',
      ),
    }),
    amount: money({ label: labels('Amount', 'Montant', 'Importe'), min: '0' }),
    weighted: money({
      label: labels('Weighted amount', 'Montant pondéré', 'Importe ponderado'),
      help: labels('Amount × probability', 'Montant × probabilité', 'Importe × probabilidad'),
      readOnly: true,
    }),
    closeDate: date({ label: labels('Close date', 'Date de clôture', 'Fecha de cierre'), required: true }),
    lostReason: baseValue({
      label: labels('Lost because', 'Motif de perte', 'Motivo de pérdida'),
      list: 'lost-reason',
      shownWhen: 'stage.class = lost',
      requiredWhen: 'stage.class = lost',
      clearWhenHidden: true,
    }),
    type: baseValue({ label: labels('Type', 'Type', 'Tipo'), list: 'opportunity-type' }),
    source: baseValue({ label: labels('Source', 'Origine', 'Origen'), list: 'source' }),
    nextStep: text({ label: labels('Next step', 'Prochaine action', 'Próximo paso'), max: 255 }),
    description: longText({ label: labels('Description', 'Description', 'Descripción') }),
  },
  links: {
    contacts: {
      through: 'opportunity-contact',
      from: 'opportunity',
      to: 'contact',
      primary: 'primary',
      mirror: 'contact',
      label: labels('Contacts', 'Contacts', 'Contactos'),
    },
  },
  sorts: ['closeDate', '-closeDate', 'name', '-amount', '-createdAt', '-updatedAt'],
  list: {
    columns: ['name', 'account', 'stage', 'amount', 'probability', 'closeDate', 'owner'],
    sort: 'closeDate',
    filters: [
      'number',
      'name',
      'account',
      'stage',
      'amount',
      'probability',
      'closeDate',
      'type',
      'source',
      'lostReason',
      'owner',
      'createdAt',
    ],
  },
  form: [
    {
      label: labels('Opportunity', 'Opportunité', 'Oportunidad'),
      fields: ['number', 'name', 'account', 'contact', 'type', 'source', 'owner', 'teams'],
    },
    {
      label: labels('Forecast', 'Prévision', 'Previsión'),
      fields: ['stage', 'probability', 'amount', 'weighted', 'closeDate', 'lostReason'],
    },
    { label: labels('Work', 'Suivi', 'Seguimiento'), fields: ['nextStep', 'description'] },
  ],
  related: [
    {
      entity: 'opportunity-contact',
      via: 'opportunity',
      columns: ['contact', 'role', 'primary'],
      label: labels('Contacts', 'Contacts', 'Contactos'),
    },
    {
      entity: 'task',
      via: 'related',
      columns: ['subject', 'status', 'due', 'owner'],
      quickAdd: ['subject', 'due'],
    },
    { entity: 'note', via: 'related', columns: ['title', 'createdBy', 'createdAt'], quickAdd: ['text'] },
    {
      entity: 'lead',
      via: 'convertedOpportunity',
      columns: ['name', 'status', 'source', 'owner', 'createdAt'],
      label: labels('Came from', 'Issue de', 'Procede de'),
    },
  ],
  validations: [
    {
      name: 'a lost opportunity says why',
      wrongWhen: 'stage.class = lost and lostReason is empty',
      field: 'lostReason',
      message: reasonMissing,
    },
    {
      name: 'only a lost opportunity has a reason for it',
      wrongWhen: 'stage.class <> lost and lostReason is not empty',
      field: 'lostReason',
      message: reasonSuperfluous,
    },
  ],
  board: { by: 'stage', sum: 'amount', card: ['account', 'amount', 'closeDate', 'owner'] },
  search: ['number', 'name', 'nextStep'],
  views: [
    {
      name: 'mine-open',
      label: labels('My open ones', 'Les miennes, en cours', 'Las mías abiertas'),
      where: 'owner = me and stage.class = open',
      sort: 'closeDate',
    },
    {
      name: 'closing-this-month',
      label: labels('Closing this month', 'À conclure ce mois-ci', 'Cierran este mes'),
      where: 'stage.class = open and year(closeDate) = year(today) and month(closeDate) = month(today)',
      sort: 'closeDate',
    },
    {
      name: 'won-this-quarter',
      label: labels('Won this quarter', 'Gagnées ce trimestre', 'Ganadas este trimestre'),
      where:
        'stage.class = won and year(closeDate) = year(today) and ceil(month(closeDate) / 3) = ceil(month(today) / 3)',
      sort: '-amount',
      columns: ['name', 'account', 'amount', 'closeDate', 'owner'],
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
