import type { BaseValue } from './base-list.ts';
import type { DuplicateMatching } from './duplicate.ts';
import type { ViewDisplay } from './view.ts';

/** What the server tells the browser about a field, in the reader's language. */
export interface FieldDescription {
  readonly name: string;
  readonly type: string;
  readonly label: string;
  readonly help: string | null;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly system: boolean;
  readonly unique: boolean;
  readonly default: unknown;
  /** May be named in `sort`. */
  readonly sortable: boolean;
  /** A declared sort: its pages stay flat at any size. */
  readonly indexed: boolean;
  readonly filterable: boolean;
  /** Parts that filters and imports may name: `amount.currency`, `address.city`. */
  readonly parts: readonly { readonly name: string; readonly label: string }[];
  /** Of a reference: the entity or entities it may name. */
  readonly to: readonly string[];
  /** Of a choice: its values. Of a base value: the values of its list, inactive ones marked. */
  readonly values: readonly ValueDescription[];
  /** Of a base value: the name of its list. */
  readonly list: string | null;
  /** Of a base value: the meanings its values may have, which filters name as `stage.class`. */
  readonly classes: readonly { readonly code: string; readonly label: string }[];
  /** Further options of the type the input needs: max length, scale, minimum … */
  readonly options: Readonly<Record<string, unknown>>;
  /** Null where it doesn't depend on the record whether it is asked for, needed or locked. */
  readonly shownWhen: ConditionDescription | null;
  readonly requiredWhen: ConditionDescription | null;
  readonly readOnlyWhen: ConditionDescription | null;
  /** It is emptied when it isn't shown; else it keeps what it holds. */
  readonly clearWhenHidden: boolean;
}

/** An expression about the record at hand. */
export interface ConditionDescription {
  /** Null when it names something that is kept from the reader. */
  readonly text: string | null;
  /** Whether it looks at other records. What is related or has no text, `POST …/judge` tells. */
  readonly isRelated: boolean;
}

/** A value of a choice or of a base-value list. */
export interface ValueDescription {
  readonly code: string;
  readonly label: string;
  readonly active: boolean;
  readonly class: BaseValue['class'];
  readonly probability: BaseValue['probability'];
  readonly color: string | null;
}

/** A relation through a link entity. */
export interface LinkDescription {
  readonly name: string;
  readonly label: string;
  readonly through: string;
  readonly from: string;
  readonly to: string;
  readonly toEntity: string;
  readonly primary: string | null;
}

/** A view of a list that comes with its entity; null = as the list is by itself. */
export interface ViewDescription {
  readonly name: string;
  readonly label: string;
  readonly where: string;
  readonly sort: string | null;
  readonly columns: readonly string[] | null;
  readonly display: ViewDisplay;
}

/** What people do to a record besides changing it; whether it can be done now, each record says in `can.verbs`. */
export interface VerbDescription {
  /** Its place in addresses: `POST /leads/<id>/convert`. */
  readonly name: string;
  /** What its button, its screen and its report say. */
  readonly label: string;
  readonly title: string;
  readonly done: string;
  readonly icon: string;
  readonly fields: readonly FieldDescription[];
  /** Records it makes, or takes as they are; each may be left out. */
  readonly sections: readonly {
    readonly name: string;
    readonly entity: string;
    /** Shown at first, besides what is needed or filled. */
    readonly fields: readonly string[];
    readonly takesExisting: boolean;
    /** Fields that name the record of another section, when that one is wanted. */
    readonly from: Readonly<Record<string, string>>;
  }[];
}

/** What the server tells the browser about an entity, trimmed to the reader. */
export interface EntityDescription {
  readonly name: string;
  readonly plural: string;
  readonly label: { readonly one: string; readonly many: string };
  readonly icon: string;
  readonly navigation: boolean;
  readonly system: boolean;
  readonly title: string;
  readonly fields: readonly FieldDescription[];
  readonly links: readonly LinkDescription[];
  readonly list: {
    readonly columns: readonly string[];
    readonly sort: string;
    readonly filters: readonly string[];
  };
  readonly form: readonly { readonly label: string; readonly fields: readonly string[] }[];
  readonly related: readonly {
    readonly entity: string;
    readonly via: string;
    readonly columns: readonly string[];
    /** Fields to ask for where a new record is made in the list itself; empty = on a page of its own. */
    readonly quickAdd: readonly string[];
    readonly label: string;
  }[];
  /** `sum` is null when there is none, or the reader may not see that field. */
  readonly board: {
    readonly by: string;
    readonly sum: string | null;
    readonly card: readonly string[];
  } | null;
  /** When a record is wrong, at which field that is told, and in which words. */
  readonly validations: readonly {
    readonly name: string;
    readonly wrongWhen: ConditionDescription;
    readonly field: string;
    readonly message: string;
  }[];
  readonly views: readonly ViewDescription[];
  readonly searchable: boolean;
  readonly importable: boolean;
  /** Whether the reader may make one record of several here. */
  readonly mergeable: boolean;
  /** What the reader may do at all; each record says it for itself in `can`. */
  readonly can: {
    readonly create: boolean;
    readonly update: boolean;
    readonly remove: boolean;
    readonly import: boolean;
    readonly export: boolean;
    /** Changing or removing several records at once. */
    readonly massChange: boolean;
  };
  readonly verbs: readonly VerbDescription[];
  /** Whether records say something about a person, and the reader may erase it for good. */
  readonly mayErase: boolean;
  /** By which fields records like a new one are found while it is written; empty = none are looked for. */
  readonly duplicateFields: readonly string[];
  /** What counts how much when records are compared, as delivered, to those who may say otherwise; null = not theirs. */
  readonly duplicateMatching: Omit<DuplicateMatching, 'across'> | null;
  /** Other entities whose records these may be, or the other way round. */
  readonly comparedWith: readonly ComparedWith[];
  /** The reference whose record the reader must be allowed to change to make one of these; null = none. */
  readonly createThrough: string | null;
}

/** Another entity whose records are looked through for the same thing. */
export interface ComparedWith {
  readonly entity: string;
  /** Whether this entity says so; the search among all records then is its own. */
  readonly declares: boolean;
  /** Fields that say the same, own first. */
  readonly fields: readonly (readonly [string, string])[];
  /** Own reference fields by which a record says which of those it is. */
  readonly named: readonly string[];
}

/** The answer of `GET …/api/v1/describe`. */
export interface Description {
  readonly entities: readonly EntityDescription[];
  /** The base-value lists an administrator keeps. */
  readonly lists: readonly ListDescription[];
}

/** A base-value list: its name, the meanings its values may have, and whether they have probabilities. */
export interface ListDescription {
  readonly name: string;
  readonly label: string;
  readonly classes: readonly { readonly code: string; readonly label: string }[];
  readonly hasProbability: boolean;
}

/** What holds of a record as it is being typed: the answer of `POST …/judge`. */
export interface Judgement {
  /** The fields that depend on the record. */
  readonly fields: Readonly<Record<string, FieldState>>;
  /** The validations that it breaks. */
  readonly wrong: readonly { readonly name: string; readonly field: string; readonly message: string }[];
}

/** How a field stands in one record. */
export interface FieldState {
  readonly shown: boolean;
  readonly required: boolean;
  readonly readOnly: boolean;
}
