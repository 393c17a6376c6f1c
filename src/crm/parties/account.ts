import { address } from '../../fields/address/address.ts';
import { baseValue } from '../../fields/base-value/base-value.ts';
import { choice } from '../../fields/choice/choice.ts';
import { email } from '../../fields/email/email.ts';
import { longText } from '../../fields/long-text/long-text.ts';
import { money } from '../../fields/money/money.ts';
import { number } from '../../fields/number/number.ts';
import { phone } from '../../fields/phone/phone.ts';
import { reference } from '../../fields/reference/reference.ts';
import { text } from '../../fields/text/text.ts';
import { url } from '../../fields/url/url.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

/** A company or household we sell to or hope to: a prospect until it buys, then a customer. */
export const account = entity({
  name: 'account',
  plural: 'accounts',
  label: { one: labels('Account', 'Compte', 'Cuenta'), many: labels('Accounts', 'Comptes', 'Cuentas') },
  icon: 'building',
  title: 'name',
  fields: {
    name: text({ label: labels('Name', 'Nom', 'Nombre'), required: true, max: 200 }),
    kind: choice({
      label: labels('Kind', 'Nature', 'Clase'),
      required: true,
      default: 'prospect',
      values: [
        { code: 'prospect', label: labels('Prospect', 'Prospect', 'Cliente potencial'), color: 'amber' },
        { code: 'customer', label: labels('Customer', 'Client', 'Cliente'), color: 'green' },
      ],
    }),
    number: text({ label: labels('Account number', 'Numéro de compte', 'Número de cuenta'), max: 40 }),
    parent: reference({ label: labels('Parent account', 'Compte parent', 'Cuenta matriz'), to: 'account' }),
    industry: baseValue({ label: labels('Industry', 'Secteur', 'Sector'), list: 'industry' }),
    territory: baseValue({ label: labels('Territory', 'Territoire', 'Territorio'), list: 'territory' }),
    source: baseValue({ label: labels('Source', 'Origine', 'Origen'), list: 'source' }),
    phone: phone({ label: labels('Phone', 'Téléphone', 'Teléfono') }),
    fax: phone({ label: labels('Fax', 'Télécopie', 'Fax') }),
    email: email({ label: labels('E-mail', 'E-mail', 'Correo electrónico') }),
    website: url({ label: labels('Website', 'Site web', 'Sitio web') }),
    billingAddress: address({
      label: labels('Billing address', 'Adresse de facturation', 'Dirección de facturación'),
    }),
    shippingAddress: address({
      label: labels('Shipping address', 'Adresse de livraison', 'Dirección de envío'),
    }),
    employees: number({ label: labels('Employees', 'Effectif', 'Empleados'), min: 0 }),
    revenue: money({ label: labels('Annual revenue', 'Chiffre d’affaires', 'Ingresos anuales') }),
    description: longText({ label: labels('Description', 'Description', 'Descripción') }),
  },
  links: {
    contacts: {
      through: 'account-contact',
      from: 'account',
      to: 'contact',
      label: labels('Contacts', 'Contacts', 'Contactos'),
    },
  },
  sorts: ['name', '-createdAt', '-updatedAt'],
  list: {
    columns: ['name', 'kind', 'industry', 'territory', 'phone', 'billingAddress', 'owner', 'updatedAt'],
    sort: 'name',
    filters: ['name', 'kind', 'industry', 'territory', 'source', 'owner', 'billingAddress', 'createdAt'],
  },
  form: [
    {
      label: labels('Account', 'Compte', 'Cuenta'),
      fields: ['name', 'kind', 'number', 'parent', 'industry', 'territory', 'source', 'owner', 'teams'],
    },
    {
      label: labels('Reach', 'Coordonnées', 'Datos de contacto'),
      fields: ['phone', 'fax', 'email', 'website', 'billingAddress', 'shippingAddress'],
    },
    { label: labels('Size', 'Taille', 'Tamaño'), fields: ['employees', 'revenue', 'description'] },
  ],
  related: [
    {
      entity: 'account-contact',
      via: 'account',
      columns: ['contact', 'role', 'primary'],
      label: labels('Contacts', 'Contacts', 'Contactos'),
    },
    { entity: 'opportunity', via: 'account', columns: ['name', 'stage', 'amount', 'closeDate', 'owner'] },
    {
      entity: 'account',
      via: 'parent',
      columns: ['name', 'kind', 'owner'],
      label: labels('Subsidiaries', 'Filiales', 'Filiales'),
    },
    {
      entity: 'task',
      via: 'related',
      columns: ['subject', 'status', 'due', 'owner'],
      quickAdd: ['subject', 'due'],
    },
    { entity: 'note', via: 'related', columns: ['title', 'createdBy', 'createdAt'], quickAdd: ['text'] },
    { entity: 'lead', via: 'account', columns: ['name', 'status', 'source', 'owner', 'createdAt'] },
    {
      entity: 'lead',
      via: 'convertedAccount',
      columns: ['name', 'status', 'source', 'owner', 'createdAt'],
      label: labels('Came from', 'Issu de', 'Procede de'),
    },
  ],
  duplicates: {
    criteria: [
      { name: 'name', anyOf: ['name'], how: 'like', weight: 70, unlike: 40 },
      { name: 'email', anyOf: ['email'], weight: 60 },
      { name: 'phone', anyOf: ['phone'], weight: 60 },
      { name: 'website', anyOf: ['website'], weight: 30 },
      {
        name: 'address',
        anyOf: ['billingAddress', 'shippingAddress'],
        how: 'like',
        weight: 30,
        unlike: 30,
      },
    ],
  },
  search: ['name', 'number', 'phone', 'email', 'website', 'billingAddress'],
  views: [
    { name: 'mine', label: labels('My accounts', 'Mes comptes', 'Mis cuentas'), where: 'owner = me' },
    {
      name: 'customers',
      label: labels('Customers', 'Clients', 'Clientes'),
      where: 'kind = customer',
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
