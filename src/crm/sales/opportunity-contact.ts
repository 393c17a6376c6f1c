import { baseValue } from '../../fields/base-value/base-value.ts';
import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { reference } from '../../fields/reference/reference.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

/** The part a contact plays in an opportunity: decision maker, influencer, user. */
export const opportunityContact = entity({
  name: 'opportunity-contact',
  plural: 'opportunity-contacts',
  label: {
    one: labels('Opportunity contact', 'Contact de l’opportunité', 'Contacto de la oportunidad'),
    many: labels('Opportunity contacts', 'Contacts des opportunités', 'Contactos de las oportunidades'),
  },
  icon: 'link',
  title: 'contact',
  fields: {
    opportunity: reference({
      label: labels('Opportunity', 'Opportunité', 'Oportunidad'),
      to: 'opportunity',
      required: true,
    }),
    contact: reference({ label: labels('Contact', 'Contact', 'Contacto'), to: 'contact', required: true }),
    role: baseValue({ label: labels('Role', 'Rôle', 'Función'), list: 'buyer-role' }),
    primary: checkbox({ label: labels('Primary', 'Principal', 'Principal') }),
  },
  uniques: [
    {
      fields: ['contact', 'opportunity', 'role'],
      label: labels(
        'Contact, opportunity and role',
        'Contact, opportunité et rôle',
        'Contacto, oportunidad y función',
      ),
    },
  ],
  list: { columns: ['opportunity', 'contact', 'role', 'primary'], sort: '-createdAt' },
  form: [{ label: labels('Link', 'Lien', 'Vínculo'), fields: ['opportunity', 'contact', 'role', 'primary'] }],
  importable: true,
  access: {
    sales: {
      create: { through: 'opportunity' },
      read: { through: 'opportunity' },
      update: { through: 'opportunity' },
      remove: { through: 'opportunity' },
      import: 'all',
      export: { through: 'opportunity' },
    },
  },
});
