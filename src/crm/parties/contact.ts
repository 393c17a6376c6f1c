import { address } from '../../fields/address/address.ts';
import { baseValue } from '../../fields/base-value/base-value.ts';
import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { date } from '../../fields/date/date.ts';
import { email } from '../../fields/email/email.ts';
import { longText } from '../../fields/long-text/long-text.ts';
import { personName } from '../../fields/person-name/person-name.ts';
import { phone } from '../../fields/phone/phone.ts';
import { reference } from '../../fields/reference/reference.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

/** A person we talk to, at one or several accounts. */
export const contact = entity({
  name: 'contact',
  plural: 'contacts',
  label: { one: labels('Contact', 'Contact', 'Contacto'), many: labels('Contacts', 'Contacts', 'Contactos') },
  icon: 'user',
  title: 'name',
  fields: {
    name: personName({ personal: true, label: labels('Name', 'Nom', 'Nombre'), required: true }),
    salutation: baseValue({
      personal: true,
      label: labels('Salutation', 'Civilité', 'Tratamiento'),
      list: 'salutation',
    }),
    jobTitle: text({ personal: true, label: labels('Job title', 'Fonction', 'Cargo'), max: 128 }),
    department: text({ personal: true, label: labels('Department', 'Service', 'Departamento'), max: 128 }),
    account: reference({
      label: labels('Account', 'Compte', 'Cuenta'),
      to: 'account',
      help: labels(
        'The primary one of the contact’s accounts',
        'Le compte principal du contact',
        'La cuenta principal del contacto',
      ),
    }),
    email: email({ personal: true, label: labels('E-mail', 'E-mail', 'Correo electrónico') }),
    phone: phone({ personal: true, label: labels('Phone', 'Téléphone', 'Teléfono') }),
    mobile: phone({ personal: true, label: labels('Mobile', 'Portable', 'Móvil') }),
    address: address({ personal: true, label: labels('Address', 'Adresse', 'Dirección') }),
    birthday: date({ personal: true, label: labels('Birthday', 'Anniversaire', 'Cumpleaños') }),
    source: baseValue({ label: labels('Source', 'Origine', 'Origen'), list: 'source' }),
    doNotCall: checkbox({ label: labels('Do not call', 'Ne pas appeler', 'No llamar') }),
    description: longText({ personal: true, label: labels('Description', 'Description', 'Descripción') }),
  },
  links: {
    accounts: {
      through: 'account-contact',
      from: 'contact',
      to: 'account',
      primary: 'primary',
      mirror: 'account',
      label: labels('Accounts', 'Comptes', 'Cuentas'),
    },
    opportunities: {
      through: 'opportunity-contact',
      from: 'contact',
      to: 'opportunity',
      label: labels('Opportunities', 'Opportunités', 'Oportunidades'),
    },
  },
  sorts: ['name', '-createdAt', '-updatedAt'],
  list: {
    columns: ['name', 'jobTitle', 'account', 'email', 'phone', 'owner', 'updatedAt'],
    sort: 'name',
    filters: ['name', 'account', 'jobTitle', 'email', 'phone', 'source', 'owner', 'address', 'createdAt'],
  },
  form: [
    {
      label: labels('Contact', 'Contact', 'Contacto'),
      fields: ['salutation', 'name', 'jobTitle', 'department', 'account', 'owner', 'teams'],
    },
    {
      label: labels('Reach', 'Coordonnées', 'Datos de contacto'),
      fields: ['email', 'phone', 'mobile', 'doNotCall', 'address'],
    },
    { label: labels('More', 'Compléments', 'Más datos'), fields: ['birthday', 'source', 'description'] },
  ],
  related: [
    {
      entity: 'account-contact',
      via: 'contact',
      columns: ['account', 'role', 'primary'],
      label: labels('Accounts', 'Comptes', 'Cuentas'),
    },
    {
      entity: 'opportunity-contact',
      via: 'contact',
      columns: ['opportunity', 'role', 'primary'],
      label: labels('Opportunities', 'Opportunités', 'Oportunidades'),
    },
    {
      entity: 'task',
      via: 'related',
      columns: ['subject', 'status', 'due', 'owner'],
      quickAdd: ['subject', 'due'],
    },
    { entity: 'note', via: 'related', columns: ['title', 'createdBy', 'createdAt'], quickAdd: ['text'] },
    { entity: 'lead', via: 'contact', columns: ['name', 'status', 'source', 'owner', 'createdAt'] },
    {
      entity: 'lead',
      via: 'convertedContact',
      columns: ['name', 'status', 'source', 'owner', 'createdAt'],
      label: labels('Came from', 'Issu de', 'Procede de'),
    },
  ],
  duplicates: {
    criteria: [
      { name: 'name', anyOf: ['name'], how: 'like', weight: 50, unlike: 80 },
      { name: 'email', anyOf: ['email'], how: 'like', weight: 60 },
      { name: 'phone', anyOf: ['phone', 'mobile'], weight: 40 },
      { name: 'account', anyOf: ['account'], weight: 30 },
      { name: 'birthday', anyOf: ['birthday'], weight: 20, unlike: 30 },
      { name: 'address', anyOf: ['address'], how: 'like', weight: 20 },
    ],
  },
  search: ['name', 'email', 'phone', 'mobile', 'jobTitle'],
  views: [
    { name: 'mine', label: labels('My contacts', 'Mes contacts', 'Mis contactos'), where: 'owner = me' },
    {
      name: 'without-email',
      label: labels('Without e-mail', 'Sans e-mail', 'Sin correo electrónico'),
      where: 'email is empty',
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
