import { message } from '../../lib/message.ts';

/** No entity of that name is there to be extended. */
export const noEntity = message(
  'custom-no-entity',
  'There is no entity “{given}” to which something could be added. Choose one of: {names}.',
  'Il n’y a pas d’entité « {given} » à compléter. Choisissez parmi : {names}.',
  'No hay ninguna entidad «{given}» que ampliar. Elija entre: {names}.',
);

/** A field name without the prefix. */
export const fieldName = message(
  'custom-field-name',
  '“{given}” can’t be the name: it begins with x and a capital letter, has only letters a–z and digits, and at most {max} of them, like {example}. No later version of Rapport takes such a name.',
  '« {given} » ne convient pas : le nom commence par x et une majuscule, n’a que des lettres a–z et des chiffres, {max} au plus, comme {example}. Aucune version future de Rapport ne prendra un tel nom.',
  '«{given}» no vale: el nombre empieza por x y una mayúscula, solo tiene letras a–z y cifras, {max} como máximo, como {example}. Ninguna versión futura de Rapport usará un nombre así.',
);

/** An entity name without the prefix. */
export const entityName = message(
  'custom-entity-name',
  '“{given}” can’t be the name: it begins with x- and has only small letters a–z, digits and hyphens, at most {max} of them, like {example}. No later version of Rapport takes such a name.',
  '« {given} » ne convient pas : le nom commence par x- et n’a que des minuscules a–z, des chiffres et des traits d’union, {max} au plus, comme {example}. Aucune version future de Rapport ne prendra un tel nom.',
  '«{given}» no vale: el nombre empieza por x- y solo tiene minúsculas a–z, cifras y guiones, {max} como máximo, como {example}. Ninguna versión futura de Rapport usará un nombre así.',
);

/** A name or column that something else has. */
export const taken = message(
  'custom-taken',
  '“{name}” is taken by {other}. Choose another name.',
  '« {name} » est déjà pris par {other}. Choisissez un autre nom.',
  '«{name}» ya lo usa {other}. Elija otro nombre.',
);

/** A name or column of something retired. */
export const takenByRetired = message(
  'custom-taken-retired',
  '“{name}” belongs to {other}, which is retired and whose values are kept. Take that back, delete its values for good, or choose another name.',
  '« {name} » appartient à {other}, qui est retiré et dont les valeurs sont gardées. Reprenez-le, effacez définitivement ses valeurs, ou choisissez un autre nom.',
  '«{name}» pertenece a {other}, que está retirado y cuyos valores se guardan. Recupérelo, elimine definitivamente sus valores o elija otro nombre.',
);

/** Columns longer than PostgreSQL takes. */
export const nameTooLong = message(
  'custom-name-long',
  '“{name}” is too long for a field of this type: shorten it by {count} characters.',
  '« {name} » est trop long pour un champ de ce type : raccourcissez-le de {count} caractères.',
  '«{name}» es demasiado largo para un campo de este tipo: acórtelo en {count} caracteres.',
);

/** Name and plural alike. */
export const samePlural = message(
  'custom-same-plural',
  'The plural must differ from the name: {example}.',
  'Le pluriel doit différer du nom : {example}.',
  'El plural debe ser distinto del nombre: {example}.',
);

/** A type that can't do what was ticked. */
export const cant = message(
  'custom-cannot',
  'A field of the type {type} can’t be that: leave it out.',
  'Un champ de type {type} ne le permet pas : décochez.',
  'Un campo del tipo {type} no puede serlo: quítelo.',
);

/** A default that means something else. */
export const defaultWord = message(
  'custom-default',
  '“{value}” has a meaning of its own as a default, and only today (of a date) and me (of a user) can be used.',
  '« {value} » a un sens particulier comme valeur par défaut ; seuls today (pour une date) et me (pour un utilisateur) sont possibles.',
  '«{value}» tiene un sentido propio como valor predeterminado; solo valen today (de una fecha) y me (de un usuario).',
);

/** A field that isn't there, or not of the right type. */
export const noField = message(
  'custom-no-field',
  '“{given}” isn’t a field that fits here. Choose one of: {names}.',
  '« {given} » n’est pas un champ qui convient ici. Choisissez parmi : {names}.',
  '«{given}» no es un campo que sirva aquí. Elija entre: {names}.',
);

/** What the declarations’ own verification says. */
export const refusedByModel = message(
  'custom-refused',
  'It doesn’t go together with the other declarations: {reason}.',
  'Cela ne va pas avec les autres déclarations : {reason}.',
  'No encaja con las demás declaraciones: {reason}.',
);
