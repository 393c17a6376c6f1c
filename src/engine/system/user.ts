import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { choice } from '../../fields/choice/choice.ts';
import { email } from '../../fields/email/email.ts';
import { references } from '../../fields/references/references.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { everyRole } from '../../model/access.ts';
import { entity } from '../../model/entity.ts';

/** Somebody who signs in. Passwords, sessions and keys are kept apart from the record. */
export const user = entity({
  name: 'user',
  plural: 'users',
  label: { one: labels('User', 'Utilisateur', 'Usuario'), many: labels('Users', 'Utilisateurs', 'Usuarios') },
  icon: 'user',
  system: true,
  title: 'name',
  fields: {
    name: text({ label: labels('Name', 'Nom', 'Nombre'), required: true, max: 120 }),
    email: email({
      label: labels('E-mail', 'E-mail', 'Correo electrónico'),
      required: true,
      unique: true,
      adminOnly: true,
    }),
    active: checkbox({ label: labels('Active', 'Actif', 'Activo'), default: true }),
    roles: references({ label: labels('Roles', 'Rôles', 'Roles'), to: 'role', adminOnly: true }),
    memberOf: references({
      label: labels('Member of teams', 'Membre des équipes', 'Miembro de los equipos'),
      to: 'team',
    }),
    locale: choice({
      label: labels('Language', 'Langue', 'Idioma'),
      required: true,
      default: 'en',
      values: [
        { code: 'en', label: labels('English', 'English', 'English') },
        { code: 'fr', label: labels('Français', 'Français', 'Français') },
        { code: 'es', label: labels('Español', 'Español', 'Español') },
      ],
    }),
    timeZone: text({
      label: labels('Time zone', 'Fuseau horaire', 'Zona horaria'),
      required: true,
      default: 'UTC',
      max: 60,
    }),
    theme: choice({
      label: labels('Appearance', 'Apparence', 'Apariencia'),
      required: true,
      default: 'auto',
      values: [
        { code: 'auto', label: labels('Like the device', 'Comme l’appareil', 'Como el dispositivo') },
        { code: 'light', label: labels('Light', 'Clair', 'Claro') },
        { code: 'dark', label: labels('Dark', 'Sombre', 'Oscuro') },
      ],
    }),
  },
  sorts: ['name', 'email'],
  list: { columns: ['name', 'email', 'roles', 'memberOf', 'active'], sort: 'name' },
  form: [
    { label: labels('User', 'Utilisateur', 'Usuario'), fields: ['name', 'email', 'active'] },
    { label: labels('Rights', 'Droits', 'Derechos'), fields: ['roles', 'memberOf'] },
    { label: labels('Preferences', 'Préférences', 'Preferencias'), fields: ['locale', 'timeZone', 'theme'] },
  ],
  access: { [everyRole]: { read: 'all' } },
  managedBy: 'manage-users',
});
