import { type Labels, labels } from '../../lib/locale.ts';
import type { BaseList, BaseValueSpec } from '../../model/base-list.ts';

const value = (
  code: string,
  label: Labels,
  more: Omit<BaseValueSpec, 'code' | 'label'> = {},
): BaseValueSpec => ({ code, label, ...more });

/** Where a lead stands; only its conversion makes it converted. */
const leadStatus: BaseList = {
  name: 'lead-status',
  label: labels('Lead statuses', 'Statuts des pistes', 'Estados de los prospectos'),
  classes: [
    { code: 'open', label: labels('Open', 'Ouverte', 'Abierto') },
    { code: 'converted', label: labels('Converted', 'Convertie', 'Convertido') },
    { code: 'dead', label: labels('Dead', 'Abandonnée', 'Descartado') },
  ],
  values: [
    value('new', labels('New', 'Nouvelle', 'Nuevo'), { class: 'open', color: 'blue' }),
    value('assigned', labels('Assigned', 'Attribuée', 'Asignado'), { class: 'open', color: 'violet' }),
    value('in-process', labels('In process', 'En cours', 'En curso'), { class: 'open', color: 'amber' }),
    value('converted', labels('Converted', 'Convertie', 'Convertido'), {
      class: 'converted',
      color: 'green',
    }),
    value('recycled', labels('Recycled', 'Remise à plus tard', 'Reciclado'), {
      class: 'dead',
      color: 'slate',
    }),
    value('dead', labels('Dead', 'Abandonnée', 'Descartado'), { class: 'dead', color: 'red' }),
  ],
};

const leadQuality: BaseList = {
  name: 'lead-quality',
  label: labels('Lead qualities', 'Qualités des pistes', 'Calidades de los prospectos'),
  values: [
    value('hot', labels('Hot', 'Chaude', 'Caliente'), { color: 'red' }),
    value('warm', labels('Warm', 'Tiède', 'Templado'), { color: 'amber' }),
    value('cold', labels('Cold', 'Froide', 'Frío'), { color: 'blue' }),
  ],
};

/** The stages a deal goes through; the class is what rules and reports read, the stages are the company's own. */
const opportunityStage: BaseList = {
  name: 'opportunity-stage',
  label: labels('Opportunity stages', 'Étapes des opportunités', 'Etapas de oportunidad'),
  hasProbability: true,
  classes: [
    { code: 'open', label: labels('Open', 'Ouverte', 'Abierta') },
    { code: 'won', label: labels('Won', 'Gagnée', 'Ganada') },
    { code: 'lost', label: labels('Lost', 'Perdue', 'Perdida') },
  ],
  values: [
    value('prospecting', labels('Prospecting', 'Prospection', 'Prospección'), {
      class: 'open',
      probability: '10',
      color: 'slate',
    }),
    value('qualification', labels('Qualification', 'Qualification', 'Calificación'), {
      class: 'open',
      probability: '20',
      color: 'blue',
    }),
    value('proposal', labels('Proposal', 'Proposition', 'Propuesta'), {
      class: 'open',
      probability: '50',
      color: 'violet',
    }),
    value('negotiation', labels('Negotiation', 'Négociation', 'Negociación'), {
      class: 'open',
      probability: '80',
      color: 'amber',
    }),
    value('closed-won', labels('Closed won', 'Gagnée', 'Cerrada ganada'), {
      class: 'won',
      probability: '100',
      color: 'green',
    }),
    value('closed-lost', labels('Closed lost', 'Perdue', 'Cerrada perdida'), {
      class: 'lost',
      probability: '0',
      color: 'red',
    }),
  ],
};

const lostReason: BaseList = {
  name: 'lost-reason',
  label: labels('Lost reasons', 'Motifs de perte', 'Motivos de pérdida'),
  values: [
    value('price', labels('Price', 'Prix', 'Precio')),
    value('competitor', labels('Lost to a competitor', 'Concurrent retenu', 'Ganó un competidor')),
    value('no-budget', labels('No budget', 'Pas de budget', 'Sin presupuesto')),
    value('no-decision', labels('No decision', 'Pas de décision', 'Sin decisión')),
    value('features', labels('Missing features', 'Fonctions manquantes', 'Funciones que faltan')),
    value('timing', labels('Timing', 'Calendrier', 'Plazos')),
    value('other', labels('Other', 'Autre', 'Otro')),
  ],
};

const opportunityType: BaseList = {
  name: 'opportunity-type',
  label: labels('Opportunity types', 'Types d’opportunité', 'Tipos de oportunidad'),
  values: [
    value('new-business', labels('New business', 'Nouvelle affaire', 'Negocio nuevo')),
    value('existing-business', labels('Existing business', 'Client existant', 'Cliente existente')),
    value('renewal', labels('Renewal', 'Renouvellement', 'Renovación')),
  ],
};

const source: BaseList = {
  name: 'source',
  label: labels('Sources', 'Origines', 'Orígenes'),
  values: [
    value('call', labels('Call', 'Appel', 'Llamada')),
    value('e-mail', labels('E-mail', 'E-mail', 'Correo electrónico')),
    value('existing-customer', labels('Existing customer', 'Client existant', 'Cliente existente')),
    value('partner', labels('Partner', 'Partenaire', 'Socio')),
    value('public-relations', labels('Public relations', 'Relations publiques', 'Relaciones públicas')),
    value('web-site', labels('Website', 'Site web', 'Sitio web')),
    value('campaign', labels('Campaign', 'Campagne', 'Campaña')),
    value('trade-show', labels('Trade show', 'Salon', 'Feria')),
    value('advertisement', labels('Advertisement', 'Publicité', 'Publicidad')),
    value('external-referral', labels('External referral', 'Recommandation', 'Recomendación externa')),
    value('other', labels('Other', 'Autre', 'Otro')),
  ],
};

const industry: BaseList = {
  name: 'industry',
  label: labels('Industries', 'Secteurs', 'Sectores'),
  values: [
    value('advertising', labels('Advertising', 'Publicité', 'Publicidad')),
    value(
      'aerospace-defense',
      labels('Aerospace & Defense', 'Aéronautique et défense', 'Aeroespacial y defensa'),
    ),
    value('agriculture', labels('Agriculture', 'Agriculture', 'Agricultura')),
    value('automotive', labels('Automotive', 'Automobile', 'Automoción')),
    value('banking', labels('Banking', 'Banque', 'Banca')),
    value(
      'business-services',
      labels('Business Services', 'Services aux entreprises', 'Servicios empresariales'),
    ),
    value('chemicals', labels('Chemicals', 'Chimie', 'Química')),
    value('construction', labels('Construction', 'Construction', 'Construcción')),
    value('education', labels('Education', 'Enseignement', 'Educación')),
    value('energy', labels('Energy', 'Énergie', 'Energía')),
    value('food-beverage', labels('Food & Beverage', 'Agroalimentaire', 'Alimentación y bebidas')),
    value('healthcare', labels('Healthcare', 'Santé', 'Sanidad')),
    value('hospitality', labels('Hospitality', 'Hôtellerie', 'Hostelería')),
    value('insurance', labels('Insurance', 'Assurance', 'Seguros')),
    value('manufacturing', labels('Manufacturing', 'Industrie', 'Industria')),
    value('media', labels('Media', 'Médias', 'Medios')),
    value('nonprofit', labels('Nonprofit', 'Association', 'Sin ánimo de lucro')),
    value('public-sector', labels('Public sector', 'Secteur public', 'Sector público')),
    value('retail', labels('Retail', 'Commerce', 'Comercio')),
    value('technology', labels('Technology', 'Technologie', 'Tecnología')),
    value('telecommunications', labels('Telecommunications', 'Télécommunications', 'Telecomunicaciones')),
    value('transport', labels('Transport & Logistics', 'Transport et logistique', 'Transporte y logística')),
  ],
};

const territory: BaseList = {
  name: 'territory',
  label: labels('Territories', 'Territoires', 'Territorios'),
  values: [
    value('north', labels('North', 'Nord', 'Norte')),
    value('east', labels('East', 'Est', 'Este')),
    value('south', labels('South', 'Sud', 'Sur')),
    value('west', labels('West', 'Ouest', 'Oeste')),
  ],
};

const contactRole: BaseList = {
  name: 'contact-role',
  label: labels('Roles at an account', 'Rôles dans un compte', 'Funciones en una cuenta'),
  values: [
    value('employee', labels('Employee', 'Salarié', 'Empleado')),
    value('management', labels('Management', 'Direction', 'Dirección')),
    value('purchasing', labels('Purchasing', 'Achats', 'Compras')),
    value('finance', labels('Finance', 'Finances', 'Finanzas')),
    value('technical', labels('Technical', 'Technique', 'Técnico')),
    value('consultant', labels('Consultant', 'Consultant', 'Consultor')),
    value('household-member', labels('Household member', 'Membre du foyer', 'Miembro del hogar')),
  ],
};

const buyerRole: BaseList = {
  name: 'buyer-role',
  label: labels('Buyer roles', 'Rôles d’achat', 'Funciones de compra'),
  values: [
    value('decision-maker', labels('Decision maker', 'Décideur', 'Responsable de la decisión')),
    value('evaluator', labels('Evaluator', 'Évaluateur', 'Evaluador')),
    value('influencer', labels('Influencer', 'Prescripteur', 'Influyente')),
    value('economic-buyer', labels('Economic buyer', 'Acheteur économique', 'Comprador económico')),
    value('user', labels('User', 'Utilisateur', 'Usuario')),
  ],
};

const salutation: BaseList = {
  name: 'salutation',
  label: labels('Salutations', 'Civilités', 'Tratamientos'),
  values: [
    value('mr', labels('Mr', 'M.', 'Sr.')),
    value('mrs', labels('Mrs', 'Mme', 'Sra.')),
    value('ms', labels('Ms', 'Mme', 'Srta.')),
    value('dr', labels('Dr', 'Dr', 'Dr.')),
    value('prof', labels('Prof.', 'Pr', 'Prof.')),
  ],
};

const taskStatus: BaseList = {
  name: 'task-status',
  label: labels('Task statuses', 'Statuts des tâches', 'Estados de tarea'),
  classes: [
    { code: 'open', label: labels('Open', 'Ouverte', 'Abierta') },
    { code: 'done', label: labels('Done', 'Terminée', 'Terminada') },
    { code: 'cancelled', label: labels('Cancelled', 'Annulée', 'Cancelada') },
  ],
  values: [
    value('not-started', labels('Not started', 'À faire', 'Sin empezar'), { class: 'open', color: 'slate' }),
    value('in-progress', labels('In progress', 'En cours', 'En curso'), { class: 'open', color: 'blue' }),
    value('waiting', labels('Waiting', 'En attente', 'En espera'), { class: 'open', color: 'amber' }),
    value('done', labels('Done', 'Terminée', 'Terminada'), { class: 'done', color: 'green' }),
    value('cancelled', labels('Cancelled', 'Annulée', 'Cancelada'), { class: 'cancelled', color: 'red' }),
  ],
};

/** Every list whose values an administrator keeps, with what a new workspace starts with. */
export const lists: readonly BaseList[] = [
  leadStatus,
  leadQuality,
  opportunityStage,
  lostReason,
  opportunityType,
  source,
  industry,
  territory,
  contactRole,
  buyerRole,
  salutation,
  taskStatus,
];
