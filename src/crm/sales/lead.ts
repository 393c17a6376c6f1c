import { address } from '../../fields/address/address.ts';
import { baseValue } from '../../fields/base-value/base-value.ts';
import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { dateTime } from '../../fields/date-time/date-time.ts';
import { email } from '../../fields/email/email.ts';
import { longText } from '../../fields/long-text/long-text.ts';
import { money } from '../../fields/money/money.ts';
import { personName } from '../../fields/person-name/person-name.ts';
import { phone } from '../../fields/phone/phone.ts';
import { reference } from '../../fields/reference/reference.ts';
import { serial } from '../../fields/serial/serial.ts';
import { text } from '../../fields/text/text.ts';
import { url } from '../../fields/url/url.ts';
import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { entity } from '../../model/entity.ts';

const byHand = message(
  'lead.converted-by-hand',
  'A lead becomes converted by being converted: use “Convert”, or choose another status.',
  'Une piste devient convertie quand on la convertit : utilisez « Convertir », ou choisissez un autre statut.',
  'Un prospecto pasa a convertido al convertirlo: use «Convertir» o elija otro estado.',
);

/** What a lead was is what was converted: it stays so, and its conversion can be undone. */
const settled = { readOnlyWhen: 'convertedAt is not empty' };

/** What became of it; written by its conversion. */
const outcome = { readOnly: true, shownWhen: 'convertedAt is not empty' };

/**
 * Somebody who may become a customer: a person, perhaps of a company we know already. It stays when it is
 * converted, and shows what it became. A customer and a prospect are both accounts, so it can't be for both.
 */
export const lead = entity({
  name: 'lead',
  plural: 'leads',
  label: { one: labels('Lead', 'Piste', 'Prospecto'), many: labels('Leads', 'Pistes', 'Prospectos') },
  icon: 'user-search',
  title: 'name',
  fields: {
    number: serial({ label: labels('Number', 'Numéro', 'Número'), prefix: 'LEAD-', ownNumbers: true }),
    name: personName({ personal: true, ...settled, label: labels('Name', 'Nom', 'Nombre'), required: true }),
    salutation: baseValue({
      personal: true,
      ...settled,
      label: labels('Salutation', 'Civilité', 'Tratamiento'),
      list: 'salutation',
    }),
    jobTitle: text({ personal: true, ...settled, label: labels('Job title', 'Fonction', 'Cargo'), max: 128 }),
    company: text({ ...settled, label: labels('Company', 'Société', 'Empresa'), max: 200 }),
    account: reference({
      ...settled,
      label: labels('Account', 'Compte', 'Cuenta'),
      to: 'account',
      help: labels(
        'The customer or prospect it is for, when we know it already',
        'Le client ou prospect concerné, s’il est déjà connu',
        'El cliente, potencial o no, si ya se conoce',
      ),
    }),
    contact: reference({
      ...settled,
      label: labels('Contact', 'Contact', 'Contacto'),
      to: 'contact',
      help: labels(
        'The person, when we know them already',
        'La personne, si elle est déjà connue',
        'La persona, si ya se conoce',
      ),
    }),
    status: baseValue({
      ...settled,
      label: labels('Status', 'Statut', 'Estado'),
      list: 'lead-status',
      required: true,
      default: 'new',
    }),
    quality: baseValue({ ...settled, label: labels('Quality', 'Qualité', 'Calidad'), list: 'lead-quality' }),
    source: baseValue({ ...settled, label: labels('Source', 'Origine', 'Origen'), list: 'source' }),
    industry: baseValue({ ...settled, label: labels('Industry', 'Secteur', 'Sector'), list: 'industry' }),
    amount: money({
      ...settled,
      label: labels('Opportunity amount', 'Montant espéré', 'Importe esperado'),
      min: '0',
    }),
    email: email({ personal: true, ...settled, label: labels('E-mail', 'E-mail', 'Correo electrónico') }),
    phone: phone({ personal: true, ...settled, label: labels('Phone', 'Téléphone', 'Teléfono') }),
    mobile: phone({ personal: true, ...settled, label: labels('Mobile', 'Portable', 'Móvil') }),
    doNotCall: checkbox({ ...settled, label: labels('Do not call', 'Ne pas appeler', 'No llamar') }),
    website: url({ personal: true, ...settled, label: labels('Website', 'Site web', 'Sitio web') }),
    address: address({ personal: true, ...settled, label: labels('Address', 'Adresse', 'Dirección') }),
    description: longText({ personal: true, label: labels('Description', 'Description', 'Descripción') }),
    convertedAt: dateTime({ ...outcome, label: labels('Converted', 'Convertie le', 'Convertido') }),
    convertedAccount: reference({
      ...outcome,
      label: labels('Account it became', 'Compte issu de la piste', 'Cuenta resultante'),
      to: 'account',
    }),
    convertedContact: reference({
      ...outcome,
      label: labels('Contact it became', 'Contact issu de la piste', 'Contacto resultante'),
      to: 'contact',
    }),
    convertedOpportunity: reference({
      ...outcome,
      label: labels('Opportunity it became', 'Opportunité issue de la piste', 'Oportunidad resultante'),
      to: 'opportunity',
    }),
  },
  sorts: ['-createdAt', 'name', '-updatedAt'],
  list: {
    columns: ['name', 'company', 'status', 'source', 'email', 'phone', 'amount', 'owner', 'createdAt'],
    sort: '-createdAt',
    filters: [
      'number',
      'name',
      'company',
      'account',
      'status',
      'quality',
      'source',
      'industry',
      'amount',
      'email',
      'phone',
      'owner',
      'address',
      'convertedAt',
      'createdAt',
    ],
  },
  form: [
    {
      label: labels('Converted to', 'Convertie en', 'Convertido en'),
      fields: ['convertedAccount', 'convertedContact', 'convertedOpportunity', 'convertedAt'],
    },
    {
      label: labels('Lead', 'Piste', 'Prospecto'),
      fields: ['number', 'salutation', 'name', 'jobTitle', 'company', 'account', 'contact', 'owner', 'teams'],
    },
    {
      label: labels('Qualification', 'Qualification', 'Calificación'),
      fields: ['status', 'quality', 'source', 'industry', 'amount', 'description'],
    },
    {
      label: labels('Reach', 'Coordonnées', 'Datos de contacto'),
      fields: ['email', 'phone', 'mobile', 'doNotCall', 'website', 'address'],
    },
  ],
  validations: [
    {
      name: 'a lead is converted by its conversion alone',
      // Only the conversion writes that moment, and only its undo takes it away.
      wrongWhen:
        'status.class = converted and convertedAt is empty or ' +
        'status.class <> converted and convertedAt is not empty and old(convertedAt) is empty',
      field: 'status',
      message: byHand,
    },
  ],
  board: { by: 'status', sum: 'amount', card: ['company', 'amount', 'source', 'owner'] },
  related: [
    {
      entity: 'task',
      via: 'related',
      columns: ['subject', 'status', 'due', 'owner'],
      quickAdd: ['subject', 'due'],
    },
    { entity: 'note', via: 'related', columns: ['title', 'createdBy', 'createdAt'], quickAdd: ['text'] },
  ],
  duplicates: {
    criteria: [
      { name: 'name', anyOf: ['name'], how: 'like', weight: 50, unlike: 80 },
      { name: 'email', anyOf: ['email'], how: 'like', weight: 60 },
      { name: 'phone', anyOf: ['phone', 'mobile'], weight: 40 },
      { name: 'company', anyOf: ['company'], how: 'like', weight: 30 },
      { name: 'account', anyOf: ['account'], weight: 20 },
      { name: 'address', anyOf: ['address'], how: 'like', weight: 20 },
    ],
    across: [
      {
        entity: 'contact',
        fields: {
          name: 'name',
          email: 'email',
          phone: 'phone',
          mobile: 'mobile',
          account: 'account',
          address: 'address',
        },
        // What became of a converted one is known.
        where: 'convertedAt is empty',
      },
    ],
  },
  search: ['number', 'name', 'company', 'email', 'phone', 'mobile'],
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
