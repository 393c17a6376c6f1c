import { message } from '../lib/message.ts';

/** What can be wrong with the writing of an expression. `{hint}` is empty or a sentence of suggestions. */
export const syntaxMessages = {
  empty: message('expression-empty', 'Write a condition', 'Écrivez une condition', 'Escriba una condición'),
  tooLong: message(
    'expression-too-long',
    'The expression has {length} characters; at most {limit} are taken',
    'L’expression compte {length} caractères\u00a0; le maximum est de {limit}',
    'La expresión tiene {length} caracteres; el máximo es {limit}',
  ),
  tooDeep: message(
    'expression-too-deep',
    'Parentheses and “not” are nested deeper than {limit} levels',
    'Les parenthèses et «\u00a0not\u00a0» sont imbriqués sur plus de {limit} niveaux',
    'Los paréntesis y «not» están anidados a más de {limit} niveles',
  ),
  tooMany: message(
    'expression-too-many',
    'The expression has {count} comparisons; at most {limit} are taken',
    'L’expression compte {count} comparaisons\u00a0; le maximum est de {limit}',
    'La expresión tiene {count} comparaciones; el máximo es {limit}',
  ),
  listTooLong: message(
    'expression-list-too-long',
    'The list has {count} values; at most {limit} are taken',
    'La liste compte {count} valeurs\u00a0; le maximum est de {limit}',
    'La lista tiene {count} valores; el máximo es {limit}',
  ),
  openQuote: message(
    'expression-open-quote',
    'The quotation mark opened here isn’t closed',
    'Le guillemet ouvert ici n’est pas fermé',
    'Las comillas abiertas aquí no se cierran',
  ),
  curlyQuote: message(
    'expression-curly-quote',
    'Put text between straight quotation marks: "…"',
    'Mettez le texte entre guillemets droits\u00a0: "…"',
    'Ponga el texto entre comillas rectas: "…"',
  ),
  openParenthesis: message(
    'expression-open-parenthesis',
    'The parenthesis opened here isn’t closed',
    'La parenthèse ouverte ici n’est pas fermée',
    'El paréntesis abierto aquí no se cierra',
  ),
  strayParenthesis: message(
    'expression-stray-parenthesis',
    'No parenthesis is open here',
    'Aucune parenthèse n’est ouverte ici',
    'Aquí no hay ningún paréntesis abierto',
  ),
  missing: message(
    'expression-missing',
    'Something is missing after “{after}”',
    'Il manque quelque chose après «\u00a0{after}\u00a0»',
    'Falta algo después de «{after}»',
  ),
  unexpected: message(
    'expression-unexpected',
    '“{found}” isn’t expected here.{hint}',
    '«\u00a0{found}\u00a0» n’est pas attendu ici.{hint}',
    '«{found}» no se espera aquí.{hint}',
  ),
  character: message(
    'expression-character',
    'The text holds a character that can’t be stored',
    'Le texte contient un caractère qui ne peut pas être enregistré',
    'El texto contiene un carácter que no se puede guardar',
  ),
} as const;

/** What can be wrong with the meaning of an expression. */
export const meaningMessages = {
  unknownField: message(
    'expression-unknown-field',
    '{entity} has no field “{name}”.{hint}',
    '{entity} n’a pas de champ «\u00a0{name}\u00a0».{hint}',
    '{entity} no tiene el campo «{name}».{hint}',
  ),
  unknownPart: message(
    'expression-unknown-part',
    'The field “{field}” has no part “{name}”.{hint}',
    'Le champ «\u00a0{field}\u00a0» n’a pas de partie «\u00a0{name}\u00a0».{hint}',
    'El campo «{field}» no tiene la parte «{name}».{hint}',
  ),
  onlyParts: message(
    'expression-only-parts',
    'The field “{field}” is compared by its parts.{hint}',
    'Le champ «\u00a0{field}\u00a0» se compare par ses parties.{hint}',
    'El campo «{field}» se compara por sus partes.{hint}',
  ),
  several: message(
    'expression-several',
    '“{field}” holds several records, so fields of theirs can’t be named',
    '«\u00a0{field}\u00a0» contient plusieurs fiches\u00a0: leurs champs ne peuvent pas être nommés',
    '«{field}» contiene varios registros, así que no se pueden nombrar sus campos',
  ),
  tooFar: message(
    'expression-too-far',
    'At most {limit} references can be followed',
    'On peut suivre {limit} références au plus',
    'Se pueden seguir {limit} referencias como máximo',
  ),
  tooManyReferences: message(
    'expression-too-many-references',
    'The expression follows {count} different references; at most {limit} are taken',
    'L’expression suit {count} références différentes\u00a0; le maximum est de {limit}',
    'La expresión sigue {count} referencias distintas; el máximo es {limit}',
  ),
  unknownFunction: message(
    'expression-unknown-function',
    'There is no function “{name}”',
    'Il n’existe pas de fonction «\u00a0{name}\u00a0»',
    'No existe la función «{name}»',
  ),
  unknownCode: message(
    'expression-unknown-code',
    '“{name}” isn’t a value of “{field}”.{hint}',
    '«\u00a0{name}\u00a0» n’est pas une valeur de «\u00a0{field}\u00a0».{hint}',
    '«{name}» no es un valor de «{field}».{hint}',
  ),
  notCondition: message(
    'expression-not-condition',
    'This isn’t a condition: compare it with something.{hint}',
    'Ceci n’est pas une condition\u00a0: comparez-le à quelque chose.{hint}',
    'Esto no es una condición: compárelo con algo.{hint}',
  ),
  noField: message(
    'expression-no-field',
    'A comparison needs a field on one side',
    'Une comparaison demande un champ d’un côté',
    'Una comparación necesita un campo en un lado',
  ),
  wrongOperator: message(
    'expression-wrong-operator',
    '“{operator}” doesn’t fit “{field}”, which holds {kind}',
    '«\u00a0{operator}\u00a0» ne convient pas à «\u00a0{field}\u00a0», qui contient {kind}',
    '«{operator}» no encaja con «{field}», que contiene {kind}',
  ),
  wrongType: message(
    'expression-wrong-type',
    '“{field}” holds {kind}; “{found}” isn’t one.{hint}',
    '«\u00a0{field}\u00a0» contient {kind}\u00a0; «\u00a0{found}\u00a0» n’en est pas.{hint}',
    '«{field}» contiene {kind}; «{found}» no lo es.{hint}',
  ),
  wrongRecord: message(
    'expression-wrong-record',
    '“{field}” is compared with “me” or an id; “{found}” is neither.{hint}',
    '«\u00a0{field}\u00a0» se compare à «\u00a0me\u00a0» ou à un identifiant\u00a0; «\u00a0{found}\u00a0» n’est ni l’un ni l’autre.{hint}',
    '«{field}» se compara con «me» o con un identificador; «{found}» no es ninguno de los dos.{hint}',
  ),
  onlyUsers: message(
    'expression-only-users',
    '“{field}” doesn’t name users, so it can’t be compared with “me”',
    '«\u00a0{field}\u00a0» ne désigne pas d’utilisateur et ne peut pas être comparé à «\u00a0me\u00a0»',
    '«{field}» no designa usuarios, así que no se puede comparar con «me»',
  ),
  onlyTeams: message(
    'expression-only-teams',
    '“{field}” doesn’t name teams, so it can’t be compared with “my teams”',
    '«\u00a0{field}\u00a0» ne désigne pas d’équipe et ne peut pas être comparé à «\u00a0my teams\u00a0»',
    '«{field}» no designa equipos, así que no se puede comparar con «my teams»',
  ),
  badDate: message(
    'expression-bad-date',
    '“{found}” isn’t a date of the calendar; write 2026-11-22',
    '«\u00a0{found}\u00a0» n’est pas une date du calendrier\u00a0; écrivez 2026-11-22',
    '«{found}» no es una fecha del calendario; escriba 2026-11-22',
  ),
  badDuration: message(
    'expression-bad-duration',
    'Add or take away whole days, weeks, months or years, up to {limit} days; minutes and hours with “now” only',
    'Ajoutez ou retirez un nombre entier de jours (days), semaines (weeks), mois (months) ou années (years), jusqu’à {limit} jours\u00a0; minutes et heures (hours) avec «\u00a0now\u00a0» seulement',
    'Sume o reste un número entero de días (days), semanas (weeks), meses (months) o años (years), hasta {limit} días; minutos y horas (hours) solo con «now»',
  ),
  badCalculation: message(
    'expression-bad-calculation',
    'Only numbers, dates, “today” and “now” can be calculated with',
    'On ne peut calculer qu’avec des nombres, des dates, «\u00a0today\u00a0» et «\u00a0now\u00a0»',
    'Solo se puede calcular con números, fechas, «today» y «now»',
  ),
  numberTooLarge: message(
    'expression-number-too-large',
    'A number has at most {limit} digits on either side of the decimal point',
    'Un nombre a au plus {limit} chiffres de chaque côté du point décimal',
    'Un número tiene como máximo {limit} cifras a cada lado del punto decimal',
  ),
  notRange: message(
    'expression-not-range',
    'A range stands after “in”: amount in 100..500',
    'Un intervalle se place après «\u00a0in\u00a0»\u00a0: amount in 100..500',
    'Un intervalo va después de «in»: amount in 100..500',
  ),
  notList: message(
    'expression-not-list',
    'A list stands after “in”: stage in (won, lost)',
    'Une liste se place après «\u00a0in\u00a0»\u00a0: stage in (won, lost)',
    'Una lista va después de «in»: stage in (won, lost)',
  ),
  pairKinds: message(
    'expression-pair-kinds',
    '“{field}” and “{other}” can’t be compared with each other',
    '«\u00a0{field}\u00a0» et «\u00a0{other}\u00a0» ne sont pas comparables',
    '«{field}» y «{other}» no se pueden comparar entre sí',
  ),
} as const;
