import { choice } from '../../fields/choice/choice.ts';
import { longText } from '../../fields/long-text/long-text.ts';
import { number } from '../../fields/number/number.ts';
import { reference } from '../../fields/reference/reference.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

/** What somebody did that administrators may have to account for: signing in, keys, passwords, records taken away. */
export const securityEvent = entity({
  name: 'security-event',
  plural: 'security-events',
  label: {
    one: labels('Security event', 'Événement de sécurité', 'Suceso de seguridad'),
    many: labels('Security log', 'Journal de sécurité', 'Registro de seguridad'),
  },
  icon: 'shield-check',
  system: true,
  title: 'subject',
  fields: {
    subject: text({
      label: labels('Concerns', 'Concerne', 'Se refiere a'),
      required: true,
      readOnly: true,
      max: 255,
    }),
    kind: choice({
      label: labels('What', 'Quoi', 'Qué'),
      required: true,
      readOnly: true,
      values: [
        { code: 'sign-in', label: labels('Signed in', 'Connexion', 'Inicio de sesión') },
        {
          code: 'sign-in-refused',
          label: labels('Sign-in refused', 'Connexion refusée', 'Inicio de sesión rechazado'),
          color: 'amber',
        },
        {
          code: 'password-changed',
          label: labels('Own password changed', 'Mot de passe modifié', 'Contraseña propia cambiada'),
        },
        {
          code: 'password-reset',
          label: labels('Password set by another', 'Mot de passe réinitialisé', 'Contraseña restablecida'),
        },
        { code: 'key-made', label: labels('API key made', 'Clé d’API créée', 'Clave de API creada') },
        {
          code: 'key-revoked',
          label: labels('API key revoked', 'Clé d’API révoquée', 'Clave de API revocada'),
        },
        { code: 'export', label: labels('Exported', 'Exportation', 'Exportación') },
      ],
    }),
    user: reference({ label: labels('Who', 'Qui', 'Quién'), to: 'user', readOnly: true }),
    outcome: choice({
      label: labels('Outcome', 'Issue', 'Resultado'),
      readOnly: true,
      values: [
        { code: 'under-way', label: labels('Under way', 'En cours', 'En curso') },
        { code: 'whole', label: labels('Complete', 'Complet', 'Completo') },
        { code: 'broken-off', label: labels('Broken off', 'Interrompu', 'Interrumpido'), color: 'amber' },
      ],
    }),
    rows: number({ label: labels('Records', 'Fiches', 'Registros'), readOnly: true }),
    details: longText({ label: labels('Details', 'Détails', 'Detalles'), readOnly: true }),
    door: text({ label: labels('Through', 'Par', 'Por'), readOnly: true, max: 20 }),
    address: text({
      label: labels('Network address', 'Adresse réseau', 'Dirección de red'),
      readOnly: true,
      max: 60,
    }),
    program: text({
      label: labels('Browser or program', 'Navigateur ou programme', 'Navegador o programa'),
      readOnly: true,
      max: 255,
    }),
  },
  sorts: ['-createdAt'],
  list: {
    columns: ['createdAt', 'kind', 'user', 'subject', 'rows', 'outcome', 'address'],
    sort: '-createdAt',
    filters: ['kind', 'user', 'subject', 'createdAt', 'outcome', 'address'],
  },
  form: [
    {
      label: labels('Event', 'Événement', 'Suceso'),
      fields: ['kind', 'user', 'subject', 'outcome', 'rows', 'details', 'door', 'address', 'program'],
    },
  ],
  access: {},
});
