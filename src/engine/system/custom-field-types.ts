import type { ChoiceValue } from '../../fields/choice-values.ts';
import { fieldTypes } from '../../fields/index.ts';
import { type Labels, labels } from '../../lib/locale.ts';

/** What people call the field types that they may declare themselves. */
const names: Readonly<Record<string, Labels>> = {
  text: labels('Text', 'Texte', 'Texto'),
  'long-text': labels('Long text', 'Texte long', 'Texto largo'),
  number: labels('Whole number', 'Nombre entier', 'Número entero'),
  decimal: labels('Decimal number', 'Nombre décimal', 'Número decimal'),
  money: labels('Money', 'Montant', 'Importe'),
  percent: labels('Percentage', 'Pourcentage', 'Porcentaje'),
  date: labels('Date', 'Date', 'Fecha'),
  'date-time': labels('Date and time', 'Date et heure', 'Fecha y hora'),
  checkbox: labels('Checkbox', 'Case à cocher', 'Casilla'),
  choice: labels('Choice', 'Choix', 'Elección'),
  'multi-choice': labels('Choice of several', 'Choix multiple', 'Elección múltiple'),
  'base-value': labels('Value of a list', 'Valeur d’une liste', 'Valor de una lista'),
  reference: labels('Record', 'Fiche', 'Registro'),
  'any-reference': labels(
    'Record of one of several entities',
    'Fiche de plusieurs entités',
    'Registro de varias entidades',
  ),
  references: labels('Several records', 'Plusieurs fiches', 'Varios registros'),
  email: labels('E-mail address', 'Adresse e-mail', 'Correo electrónico'),
  phone: labels('Phone number', 'Téléphone', 'Teléfono'),
  url: labels('Web address', 'Adresse web', 'Dirección web'),
  address: labels('Postal address', 'Adresse postale', 'Dirección postal'),
  'person-name': labels('Name of a person', 'Nom de personne', 'Nombre de persona'),
};

/** The field types an administrator may declare: those that have settings. */
export const customFieldTypes: readonly ChoiceValue[] = [...fieldTypes.values()]
  .filter((type) => type.settings !== undefined)
  .map(({ name }) => ({ code: name, label: names[name] ?? labels(name, name, name) }));
