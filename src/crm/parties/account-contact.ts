import { baseValue } from '../../fields/base-value/base-value.ts';
import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { reference } from '../../fields/reference/reference.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

/** That a contact belongs to an account, in which role, and whether this account is the contact's primary one. */
export const accountContact = entity({
  name: 'account-contact',
  plural: 'account-contacts',
  label: {
    one: labels('Account contact', 'Contact du compte', 'Contacto de la cuenta'),
    many: labels('Account contacts', 'Contacts des comptes', 'Contactos de las cuentas'),
  },
  icon: 'link',
  title: 'contact',
  fields: {
    account: reference({ label: labels('Account', 'Compte', 'Cuenta'), to: 'account', required: true }),
    contact: reference({ label: labels('Contact', 'Contact', 'Contacto'), to: 'contact', required: true }),
    role: baseValue({ label: labels('Role', 'Rôle', 'Función'), list: 'contact-role' }),
    primary: checkbox({ label: labels('Primary', 'Principal', 'Principal') }),
  },
  uniques: [
    {
      fields: ['account', 'contact'],
      label: labels('Account and contact', 'Compte et contact', 'Cuenta y contacto'),
    },
  ],
  list: { columns: ['account', 'contact', 'role', 'primary'], sort: '-createdAt' },
  form: [{ label: labels('Link', 'Lien', 'Vínculo'), fields: ['account', 'contact', 'role', 'primary'] }],
  importable: true,
  access: {
    sales: {
      create: { through: 'contact' },
      read: { through: 'contact' },
      update: { through: 'contact' },
      remove: { through: 'contact' },
      import: 'all',
      export: { through: 'contact' },
    },
  },
});
