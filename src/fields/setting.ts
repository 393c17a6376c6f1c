import { type Labels, labels } from '../lib/locale.ts';

/** One thing an administrator may set when he declares a field of a type: what it takes, and what it is called. */
export type Setting = { readonly label: Labels; readonly required?: boolean } & (
  | { readonly kind: 'whole'; readonly min: number; readonly max: number }
  | { readonly kind: 'decimal' }
  /** The values of a choice, as `{ code, label, color }`. */
  | { readonly kind: 'values' }
  /** The name of one entity, or of several. */
  | { readonly kind: 'entity' }
  | { readonly kind: 'entities' }
  /** The name of a base-value list. */
  | { readonly kind: 'list' }
);

/** The settings of a field type by name: `max`, `values`, `to`. */
export type Settings = Readonly<Record<string, Setting>>;

/** The longest text a field takes. */
export const lengthSetting = (max: number): Settings => ({
  max: {
    kind: 'whole',
    min: 1,
    max,
    label: labels('Most characters', 'Nombre maximal de caractères', 'Máximo de caracteres'),
  },
});

const smallest = labels('Smallest value', 'Valeur minimale', 'Valor mínimo');
const largest = labels('Largest value', 'Valeur maximale', 'Valor máximo');

/** The limits of a number, both included. */
export const limitSettings: Settings = {
  min: { kind: 'decimal', label: smallest },
  max: { kind: 'decimal', label: largest },
};

/** The limits of a whole number, both included. */
export const wholeLimitSettings: Settings = {
  min: { kind: 'whole', min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, label: smallest },
  max: { kind: 'whole', min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, label: largest },
};

/** The values of a choice. */
export const valuesSettings: Settings = {
  values: { kind: 'values', required: true, label: labels('Values', 'Valeurs', 'Valores') },
};

const target = labels('Refers to', 'Désigne', 'Se refiere a');

/** The entity whose records a reference names. */
export const targetSettings: Settings = { to: { kind: 'entity', required: true, label: target } };

/** The entities whose records a reference may name. */
export const targetsSettings: Settings = { to: { kind: 'entities', required: true, label: target } };
