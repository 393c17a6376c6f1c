import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { verb } from '../../model/verb.ts';

const notOpen = message(
  'lead.not-open',
  'Only an open lead can be converted: this one was converted already, or its status is a closed one.',
  'Seule une piste ouverte peut être convertie : celle-ci l’est déjà, ou son statut la ferme.',
  'Solo se puede convertir un prospecto abierto: este ya se convirtió o su estado lo cierra.',
);
const nothing = message(
  'lead.converts-into-nothing',
  'Choose what the lead becomes: an account, a contact, an opportunity, or several of them.',
  'Choisissez ce que devient la piste : un compte, un contact, une opportunité, ou plusieurs d’entre eux.',
  'Elija en qué se convierte el prospecto: una cuenta, un contacto, una oportunidad o varios de ellos.',
);
const noStatus = message(
  'lead.no-converted-status',
  'No status of the class “converted” is offered: add one to the list of lead statuses.',
  'Aucun statut de la classe « convertie » n’est proposé : ajoutez-en un à la liste des statuts des pistes.',
  'No se ofrece ningún estado de la clase «convertido»: añada uno a la lista de estados de los prospectos.',
);

const id = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** What a person is called, first name first. */
function spoken(name: unknown): string {
  const { first, middle, last } = (name ?? {}) as Readonly<Record<string, string | null>>;
  return [first, middle, last].filter(Boolean).join(' ');
}

/** Makes of a lead what it became: an account, a contact, an opportunity; each new, the first two perhaps known already. */
export const leadConvert = verb({
  entity: 'lead',
  name: 'convert',
  label: labels('Convert', 'Convertir', 'Convertir'),
  title: labels('Convert this lead', 'Convertir cette piste', 'Convertir este prospecto'),
  done: labels('Converted', 'Piste convertie', 'Prospecto convertido'),
  icon: 'transform',
  available: { where: 'status.class = "open"', field: 'status', otherwise: notOpen },
  sections: {
    account: {
      entity: 'account',
      fields: ['name', 'kind', 'industry', 'phone', 'website', 'owner'],
      takesExisting: true,
      from: {},
    },
    contact: {
      entity: 'contact',
      fields: ['name', 'jobTitle', 'email', 'phone', 'owner'],
      takesExisting: true,
      from: { account: 'account' },
    },
    opportunity: {
      entity: 'opportunity',
      fields: ['name', 'amount', 'stage', 'closeDate', 'owner'],
      takesExisting: false,
      from: { account: 'account', contact: 'contact' },
    },
  },
  propose(lead, env) {
    const { company, account, contact, address, amount } = lead;
    return {
      account: {
        wanted: company != null || account != null,
        existing: id(account),
        values: { ...env.carried('account'), name: company ?? null, billingAddress: address ?? null },
      },
      contact: { wanted: true, existing: id(contact), values: env.carried('contact') },
      opportunity: {
        wanted: amount != null,
        existing: null,
        values: { ...env.carried('opportunity'), name: company ?? spoken(lead.name) },
      },
    };
  },
  async run(_lead, input, acts, env) {
    const status = env.values('lead-status').find((value) => value.active && value.class === 'converted');
    if (!status) return acts.refuse('status', noStatus);
    if (input.wants.size === 0) return acts.refuse('', nothing);
    const account = await acts.take('account');
    const contact = await acts.take('contact');
    const opportunity = await acts.take('opportunity');
    if (account && contact) await acts.link('contact', 'accounts', 'account');
    await acts.set({
      status: status.code,
      convertedAt: env.now.toISOString(),
      convertedAccount: account,
      convertedContact: contact,
      convertedOpportunity: opportunity,
    });
  },
});
