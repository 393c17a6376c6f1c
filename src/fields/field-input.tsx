import { createContext, useContext } from 'react';
import type { FieldDescription } from '../model/description.ts';

/**
 * What the input of a field type takes. `value` is as the API answers it, null when empty; `onChange` takes
 * what the API reads. The label is the caller's: it points at `id`.
 */
export interface InputProps {
  readonly id: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly field: FieldDescription;
  /** What is wrong, told below the input; by part (`currency`, `city`) in `partErrors`. */
  readonly error?: string | undefined;
  readonly partErrors?: Readonly<Record<string, string>> | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** In filters and cells: no more height than a line. */
  readonly compact?: boolean | undefined;
  /** Ids of what describes the input: its help and its error. */
  readonly describedBy?: string | undefined;
  readonly onBlur?: (() => void) | undefined;
}

/** A record that a reference may name. */
export interface Choice {
  readonly entity: string;
  readonly id: string;
  readonly label: string;
  readonly detail: string | null;
}

/** What the app lends to inputs: looking up records, and the workspace's own settings. */
export interface FieldEditing {
  /** Finds records of these entities by a few typed letters; an empty text gives the latest ones. */
  readonly findRecords: (
    entities: readonly string[],
    text: string,
    signal: AbortSignal,
  ) => Promise<readonly Choice[]>;
  /** ISO 4217 code offered first for money. */
  readonly currency: string | null;
  /** What a new record of an entity is called (`New account`); null where the reader may not make one. */
  readonly newLabel?: (entity: string) => string | null;
  /** Asks for a new record whose title starts as `title`; null when the reader gives up. */
  readonly createRecord?: (entity: string, title: string) => Promise<Choice | null>;
}

const Context = createContext<FieldEditing | null>(null);

/** Lends the inputs below it what they need of the app. */
export const FieldEditingProvider = Context.Provider;

/** What the app lends to inputs. */
export function useFieldEditing(): FieldEditing {
  const editing = useContext(Context);
  if (!editing) throw new Error('an input is shown outside of a FieldEditingProvider');
  return editing;
}
