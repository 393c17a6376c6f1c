import { anyReference } from '../../fields/any-reference/any-reference.ts';
import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { longText } from '../../fields/long-text/long-text.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

/** What somebody wrote down about a record; who may read the record reads it too. */
export const note = entity({
  name: 'note',
  plural: 'notes',
  label: { one: labels('Note', 'Note', 'Nota'), many: labels('Notes', 'Notes', 'Notas') },
  icon: 'file-text',
  title: 'title',
  fields: {
    title: text({
      label: labels('Title', 'Titre', 'Título'),
      help: labels(
        'The beginning of the text, unless you give one',
        'Le début du texte, sauf si vous en donnez un',
        'El comienzo del texto, salvo que indique otro',
      ),
      max: 120,
    }),
    text: longText({ label: labels('Text', 'Texte', 'Texto'), required: true }),
    related: anyReference({
      label: labels('About', 'Concerne', 'Sobre'),
      to: ['account', 'contact', 'lead', 'opportunity'],
      required: true,
    }),
    pinned: checkbox({ label: labels('Pinned', 'Épinglée', 'Fijada') }),
  },
  sorts: ['-createdAt', 'title'],
  list: {
    columns: ['title', 'related', 'createdBy', 'createdAt', 'pinned'],
    sort: '-createdAt',
    filters: ['title', 'related', 'pinned', 'createdBy', 'createdAt', 'owner'],
  },
  form: [
    {
      label: labels('Note', 'Note', 'Nota'),
      fields: ['text', 'related', 'title', 'pinned', 'owner', 'teams'],
    },
  ],
  search: ['title', 'text'],
  views: [
    { name: 'mine', label: labels('My notes', 'Mes notes', 'Mis notas'), where: 'createdBy = me' },
    { name: 'pinned', label: labels('Pinned', 'Épinglées', 'Fijadas'), where: 'pinned' },
  ],
  importable: true,
  access: {
    sales: {
      create: 'all',
      read: { through: 'related' },
      update: 'own',
      remove: 'own',
      import: 'all',
      export: { through: 'related' },
    },
  },
});
