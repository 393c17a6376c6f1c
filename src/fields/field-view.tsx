import { type ComponentType, createContext, type ReactNode, useContext } from 'react';
import type { Locale } from '../lib/locale.ts';
import type { FieldDescription } from '../model/description.ts';
import type { RecordOut } from '../model/record.ts';

/** What the app that shows fields lends them: the reader's language and zone, and links to records. */
export interface FieldView {
  readonly locale: Locale;
  /** IANA name. */
  readonly timeZone: string;
  /** -1 where arrows move and links stay out of the tab order, as in a list. */
  readonly linkTabIndex: 0 | -1;
  /** A link to a record's page; `entity` is an entity's name. */
  readonly RecordLink: ComponentType<{
    readonly entity: string;
    readonly id: string;
    readonly children: ReactNode;
  }>;
}

/** What the cell of a field type takes; `value` is as the API answers it, never null or ''. */
export interface CellProps {
  readonly value: unknown;
  readonly field: FieldDescription;
  /** The record the value is of, where there is one. */
  readonly record?: RecordOut;
}

const Context = createContext<FieldView | null>(null);

/** Lends the fields below it what they need of the app. */
export const FieldViewProvider = Context.Provider;

/** What the app lends to fields. */
export function useFieldView(): FieldView {
  const view = useContext(Context);
  if (!view) throw new Error('a field is shown outside of a FieldViewProvider');
  return view;
}
