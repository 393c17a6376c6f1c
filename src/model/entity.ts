import type { Labels } from '../lib/locale.ts';
import { labels } from '../lib/locale.ts';
import { snakeCase } from '../lib/names.ts';
import type { AccessRule, SpecialRight } from './access.ts';
import type { DuplicateMatching } from './duplicate.ts';
import { type Field, type FieldSpec, unconditional } from './field.ts';
import type { Validation } from './validation.ts';
import type { View } from './view.ts';

/** A declared order of a list; each is backed by an index, so its pages stay flat. `-amount` is descending. */
export type Sort = string;

/** A block of the form: a title and the fields under it. */
export interface FormSection {
  readonly label: Labels;
  readonly fields: readonly string[];
}

/** A list shown on the record page: the records of `entity` whose reference field `via` names this record. */
export interface RelatedList {
  readonly entity: string;
  readonly via: string;
  readonly columns: readonly string[];
  /** Fields enough for a new record, which is then made where the list stands instead of on a page of its own. */
  readonly quickAdd?: readonly string[];
  readonly label?: Labels;
}

/** How records are shown as a board: columns by a base value or choice, sums of a money field where there is one. */
export interface Board {
  readonly by: string;
  readonly sum: string | null;
  /** Fields shown on a card below the title. */
  readonly card: readonly string[];
}

/**
 * A relation through a link entity: `accounts` of a contact through `account-contact`, whose reference
 * `from` names this record and whose reference `to` names the other. `primary` is a checkbox of the link entity:
 * at most one link of a record has it, and the record's own reference field `mirror` always names that one.
 */
export interface LinkField {
  readonly through: string;
  readonly from: string;
  readonly to: string;
  readonly primary?: string;
  readonly mirror?: string;
  readonly label: Labels;
}

/** An entity as the engine holds it. */
export interface Entity {
  /** kebab-case singular: `account-contact`. */
  readonly name: string;
  /** kebab-case plural, its place in REST addresses: `account-contacts`. */
  readonly plural: string;
  /** snake_case name of its table. */
  readonly table: string;
  readonly label: { readonly one: Labels; readonly many: Labels };
  readonly icon: string;
  /** Declared by the engine itself (user, team, role …). */
  readonly system: boolean;
  /** Its records are set-up that every process holds in memory: a write of one takes effect on the next request anywhere. */
  readonly setup: boolean;
  /** The field whose text names a record to people. */
  readonly title: string;
  readonly fields: Readonly<Record<string, Field>>;
  readonly links: Readonly<Record<string, LinkField>>;
  readonly uniques: readonly { readonly fields: readonly string[]; readonly label: Labels }[];
  readonly sorts: readonly Sort[];
  readonly list: {
    readonly columns: readonly string[];
    readonly sort: Sort;
    readonly filters: readonly string[];
  };
  readonly form: readonly FormSection[];
  readonly related: readonly RelatedList[];
  readonly board: Board | null;
  /** Fields whose words quick search finds; empty = not searched. */
  readonly search: readonly string[];
  /** By what a record that may be there already is told; null = not looked for. */
  readonly duplicates: DuplicateMatching | null;
  /** Whether files may be imported into it (and so it has external keys). */
  readonly importable: boolean;
  /** Shown in the navigation, in this order (by `crm/index.ts`); link and system entities aren't. */
  readonly navigation: boolean;
  /** When one of its records is wrong, as expressions. */
  readonly validations: readonly Validation[];
  /** Views of its list that everybody finds there. */
  readonly views: readonly View[];
  readonly access: AccessRule;
  /** Who has this special right does everything with its records. */
  readonly managedBy: SpecialRight | null;
}

/** What the author of an entity writes; field names in it are checked against its own fields by the compiler. */
export interface EntitySpec<F extends Record<string, FieldSpec>> {
  readonly name: string;
  readonly plural: string;
  readonly label: { readonly one: Labels; readonly many: Labels };
  readonly icon?: string;
  readonly system?: boolean;
  readonly setup?: boolean;
  readonly title: keyof F & string;
  readonly fields: F;
  readonly links?: Readonly<Record<string, LinkField>>;
  readonly uniques?: readonly { readonly fields: readonly (keyof F & string)[]; readonly label: Labels }[];
  readonly sorts?: readonly (Name<F> | `-${Name<F>}`)[];
  readonly list: {
    readonly columns: readonly Name<F>[];
    readonly sort: Name<F> | `-${Name<F>}`;
    readonly filters?: readonly Name<F>[];
  };
  readonly form: readonly { readonly label: Labels; readonly fields: readonly Name<F>[] }[];
  readonly related?: readonly RelatedList[];
  readonly board?: {
    readonly by: keyof F & string;
    readonly sum?: keyof F & string;
    readonly card: readonly Name<F>[];
  };
  readonly search?: readonly (keyof F & string)[];
  readonly duplicates?: {
    /** 60 points unless told. */
    readonly threshold?: number;
    readonly criteria: readonly {
      readonly name: string;
      readonly anyOf: readonly (keyof F & string)[];
      readonly how?: 'same' | 'like';
      readonly weight: number;
      readonly unlike?: number;
    }[];
    readonly across?: readonly {
      readonly entity: string;
      readonly fields: Partial<Readonly<Record<keyof F & string, string>>>;
      readonly where?: string;
    }[];
  };
  readonly importable?: boolean;
  readonly navigation?: boolean;
  readonly validations?: readonly (Validation & { readonly field: Name<F> })[];
  readonly views?: readonly View[];
  readonly access: AccessRule;
  readonly managedBy?: SpecialRight;
}

type Name<F> = (keyof F & string) | SystemField;

/** The fields every record has besides its own. */
export type SystemField =
  | 'id'
  | 'version'
  | 'owner'
  | 'teams'
  | 'createdAt'
  | 'createdBy'
  | 'updatedAt'
  | 'updatedBy'
  | 'removedAt';

const systemFields: readonly Field[] = [
  system('id', 'id', labels('Id', 'Identifiant', 'Identificador')),
  system('version', 'number', labels('Version', 'Version', 'Versión')),
  {
    ...system('owner', 'reference', labels('Owner', 'Responsable', 'Responsable'), { to: 'user' }),
    readOnly: false,
    default: 'me',
  },
  {
    ...system('teams', 'references', labels('Teams', 'Équipes', 'Equipos'), { to: 'team' }),
    readOnly: false,
    default: 'my-teams',
  },
  system('createdAt', 'date-time', labels('Created', 'Créé le', 'Creado')),
  system('createdBy', 'reference', labels('Created by', 'Créé par', 'Creado por'), { to: 'user' }),
  system('updatedAt', 'date-time', labels('Changed', 'Modifié le', 'Modificado')),
  system('updatedBy', 'reference', labels('Changed by', 'Modifié par', 'Modificado por'), { to: 'user' }),
  system('removedAt', 'date-time', labels('Removed', 'Supprimé le', 'Eliminado')),
];

/** A field as the engine holds it, of what its author wrote. */
export const ownField = (name: string, field: FieldSpec): Field => ({
  name,
  type: field.type,
  label: field.label,
  help: field.help ?? null,
  required: field.required ?? false,
  readOnly: field.readOnly ?? false,
  system: false,
  unique: field.unique ?? false,
  default: field.default ?? null,
  options: field.options ?? {},
  conditions: field.conditions ?? unconditional,
});

/** Turns what an author wrote into the engine's entity, system fields and defaults included. */
export function entity<F extends Record<string, FieldSpec>>(spec: EntitySpec<F>): Entity {
  const own = Object.entries(spec.fields).map(([name, field]) => [name, ownField(name, field)] as const);
  return {
    name: spec.name,
    plural: spec.plural,
    table: snakeCase(spec.name),
    label: spec.label,
    icon: spec.icon ?? 'circle',
    system: spec.system ?? false,
    setup: spec.setup ?? false,
    title: spec.title,
    fields: Object.fromEntries([
      ...own,
      ...systemFields.map((field): [string, Field] => [field.name, field]),
    ]),
    links: spec.links ?? {},
    uniques: spec.uniques ?? [],
    sorts: [...new Set([spec.list.sort, ...(spec.sorts ?? [])])],
    list: {
      columns: spec.list.columns,
      sort: spec.list.sort,
      filters: spec.list.filters ?? spec.list.columns,
    },
    form: spec.form,
    related: spec.related ?? [],
    board: spec.board ? { ...spec.board, sum: spec.board.sum ?? null } : null,
    search: spec.search ?? [],
    duplicates: spec.duplicates
      ? {
          threshold: spec.duplicates.threshold ?? 60,
          criteria: spec.duplicates.criteria.map((each) => ({ how: 'same', unlike: 0, ...each })),
          across: (spec.duplicates.across ?? []).map(({ entity: other, fields, where = null }) => ({
            entity: other,
            fields: fields as Readonly<Record<string, string>>,
            where,
          })),
        }
      : null,
    importable: spec.importable ?? false,
    navigation: spec.navigation ?? false,
    validations: spec.validations ?? [],
    views: spec.views ?? [],
    access: spec.access,
    managedBy: spec.managedBy ?? null,
  };
}

function system(
  name: SystemField,
  type: string,
  label: Labels,
  options: Readonly<Record<string, unknown>> = {},
): Field {
  return {
    name,
    type,
    label,
    help: null,
    required: false,
    readOnly: true,
    system: true,
    unique: false,
    default: null,
    options,
    conditions: unconditional,
  };
}
