import type { Labels } from '../lib/locale.ts';

/** A field of an entity as the engine holds it: plain names, every default filled in. */
export interface Field {
  /** camelCase, unique within its entity; also its name in JSON and in expressions. */
  readonly name: string;
  /** Name of its field type: a folder in `src/fields/`. */
  readonly type: string;
  readonly label: Labels;
  readonly help: Labels | null;
  readonly required: boolean;
  /** Written by the system or by rules only; refused when a door sends it. */
  readonly readOnly: boolean;
  /** One of the fields every record has (`id`, `version`, `owner` …). */
  readonly system: boolean;
  /** No two live records hold the same value. */
  readonly unique: boolean;
  /** Taken when a new record leaves the field out: a JSON value, or `'me'`, `'today'`. */
  readonly default: unknown;
  /** What its type needs further; each type declares and reads its own. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What decides, record by record, whether it is asked for, needed and open to change. */
  readonly conditions: FieldConditions;
}

/** Expressions about the record a field belongs to; null where nothing depends on the record. */
export interface FieldConditions {
  /** Where it is false the field isn't asked for and never needed; what it holds stays. */
  readonly shownWhen: string | null;
  /** Where it is true, and the field is shown, it must be filled in. */
  readonly requiredWhen: string | null;
  /** Where it is true of the record before a change, the change leaves the field alone. */
  readonly readOnlyWhen: string | null;
  /** Whether the field is emptied when it isn't shown, so that a hidden one never holds anything. */
  readonly clearWhenHidden: boolean;
}

/** The conditions of a field about which nothing depends on its record. */
export const unconditional: FieldConditions = {
  shownWhen: null,
  requiredWhen: null,
  readOnlyWhen: null,
  clearWhenHidden: false,
};

/** What the author of an entity writes for one field: the result of `text({ … })`, `money({ … })` and so on. */
export interface FieldSpec {
  readonly type: string;
  readonly label: Labels;
  readonly help?: Labels;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly unique?: boolean;
  readonly default?: unknown;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly conditions?: FieldConditions;
}

/** The settings every field type's author function takes besides its own. */
export interface CommonSettings {
  readonly label: Labels;
  readonly help?: Labels;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly unique?: boolean;
  readonly default?: unknown;
  /** Exists for administrators only; kept among the options. */
  readonly adminOnly?: boolean;
  /** Says something about a person, and goes when the person is erased; kept among the options. */
  readonly personal?: boolean;
  /** Expressions about the record: see `FieldConditions`. */
  readonly shownWhen?: string;
  readonly requiredWhen?: string;
  readonly readOnlyWhen?: string;
  readonly clearWhenHidden?: boolean;
}

/** Splits what an author wrote into the common settings and the options of one type. */
export function fieldSpec(
  type: string,
  settings: CommonSettings & Readonly<Record<string, unknown>>,
): FieldSpec {
  const { label, help, required, readOnly, unique, default: byDefault, ...further } = settings;
  const { shownWhen, requiredWhen, readOnlyWhen, clearWhenHidden, ...options } = further;
  const conditions: FieldConditions = {
    shownWhen: shownWhen ?? null,
    requiredWhen: requiredWhen ?? null,
    readOnlyWhen: readOnlyWhen ?? null,
    clearWhenHidden: clearWhenHidden ?? false,
  };
  return {
    type,
    label,
    ...(help ? { help } : {}),
    ...(required === undefined ? {} : { required }),
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(unique === undefined ? {} : { unique }),
    ...(byDefault === undefined ? {} : { default: byDefault }),
    options,
    conditions,
  };
}
