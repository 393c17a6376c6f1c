import { message } from '../../lib/message.ts';
import type { Action } from '../../model/access.ts';

/** What each action is called. */
export const actionTexts: Readonly<Record<Action, ReturnType<typeof message>>> = {
  read: message('why-action-read', 'See', 'Voir', 'Ver'),
  create: message('why-action-create', 'Create', 'Créer', 'Crear'),
  update: message('why-action-update', 'Change', 'Modifier', 'Cambiar'),
  remove: message('why-action-remove', 'Remove', 'Supprimer', 'Eliminar'),
  import: message('why-action-import', 'Import', 'Importer', 'Importar'),
  export: message('why-action-export', 'Export', 'Exporter', 'Exportar'),
  massChange: message(
    'why-action-mass-change',
    'Change with others at once',
    'Modifier avec d’autres à la fois',
    'Cambiar junto con otros',
  ),
};

/** Why a role lets somebody treat a record, or doesn't: one sentence each. */
export const whyTexts = {
  administrator: message(
    'why-administrator',
    'Administrators may do everything.',
    'Les administrateurs peuvent tout faire.',
    'Los administradores pueden hacerlo todo.',
  ),
  special: message(
    'why-special',
    'A special right of this role reaches all of these records.',
    'Un droit particulier de ce rôle s’étend à toutes ces fiches.',
    'Un derecho especial de este rol alcanza todos estos registros.',
  ),
  none: message(
    'why-none',
    'This role doesn’t give this right.',
    'Ce rôle ne donne pas ce droit.',
    'Este rol no da este derecho.',
  ),
  all: message(
    'why-all',
    'This role reaches all records.',
    'Ce rôle s’étend à toutes les fiches.',
    'Este rol alcanza todos los registros.',
  ),
  owner: message(
    'why-owner',
    'This role reaches one’s own records, and {user} is the owner.',
    'Ce rôle s’étend aux fiches dont on est responsable, et {user} l’est.',
    'Este rol alcanza los registros propios, y {user} es el responsable.',
  ),
  notOwner: message(
    'why-not-owner',
    'This role reaches only one’s own records, and {user} is not the owner.',
    'Ce rôle ne s’étend qu’aux fiches dont on est responsable, et {user} ne l’est pas.',
    'Este rol solo alcanza los registros propios, y {user} no es el responsable.',
  ),
  inTeam: message(
    'why-in-team',
    'This role reaches the records of one’s teams: it is shared with {teams}, and {user} is a member.',
    'Ce rôle s’étend aux fiches de ses équipes : celle-ci est partagée avec {teams}, dont {user} est membre.',
    'Este rol alcanza los registros de los propios equipos: se comparte con {teams}, y {user} es miembro.',
  ),
  notInTeam: message(
    'why-not-in-team',
    'This role reaches only the records of one’s teams; {user} is neither the owner nor in a team it is shared with.',
    'Ce rôle ne s’étend qu’aux fiches de ses équipes ; {user} n’en est ni responsable ni membre d’une équipe avec laquelle elle est partagée.',
    'Este rol solo alcanza los registros de los propios equipos; {user} no es el responsable ni está en un equipo con el que se comparta.',
  ),
  through: message(
    'why-through',
    'It goes with the record under “{field}”, which {user} may treat so.',
    'Le droit suit la fiche indiquée sous « {field} », sur laquelle {user} l’a.',
    'Va con el registro de «{field}», que {user} puede tratar así.',
  ),
  notThrough: message(
    'why-not-through',
    'It goes with the record under “{field}”, which {user} may not treat so.',
    'Le droit suit la fiche indiquée sous « {field} », sur laquelle {user} ne l’a pas.',
    'Va con el registro de «{field}», que {user} no puede tratar así.',
  ),
  conditionHolds: message(
    'why-condition-holds',
    'Its condition holds.',
    'Sa condition est remplie.',
    'Su condición se cumple.',
  ),
  conditionFails: message(
    'why-condition-fails',
    'Its condition doesn’t hold.',
    'Sa condition n’est pas remplie.',
    'Su condición no se cumple.',
  ),
  conditionGone: message(
    'why-condition-gone',
    'Its condition names something that is no longer there, so it lets nothing through.',
    'Sa condition nomme quelque chose qui n’existe plus : elle ne laisse donc rien passer.',
    'Su condición nombra algo que ya no existe, así que no deja pasar nada.',
  ),
  noRole: message(
    'why-no-role',
    '{user} has no role.',
    '{user} n’a aucun rôle.',
    '{user} no tiene ningún rol.',
  ),
  inactive: message(
    'why-inactive',
    '{user} is not an active user, and can’t sign in.',
    '{user} n’est pas un utilisateur actif et ne peut pas se connecter.',
    '{user} no es un usuario activo y no puede iniciar sesión.',
  ),
  fieldOpen: message(
    'why-field-open',
    'This role sees and writes the field.',
    'Ce rôle voit et écrit ce champ.',
    'Este rol ve y escribe el campo.',
  ),
  fieldSeen: message(
    'why-field-seen',
    'This role sees the field and doesn’t write it.',
    'Ce rôle voit ce champ sans l’écrire.',
    'Este rol ve el campo y no lo escribe.',
  ),
  fieldHidden: message(
    'why-field-hidden',
    'This role doesn’t see the field.',
    'Ce rôle ne voit pas ce champ.',
    'Este rol no ve el campo.',
  ),
  fieldSystem: message(
    'why-field-system',
    'The field is filled by the system; nobody writes it.',
    'Ce champ est rempli par le système ; personne ne l’écrit.',
    'El campo lo rellena el sistema; nadie lo escribe.',
  ),
};
