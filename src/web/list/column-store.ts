import { workspace } from '../app/workspace.ts';
import type { ColumnChoice } from './columns.ts';

const keyOf = (user: string, entity: string): string => `rapport-columns:${workspace}:${user}:${entity}`;

/** What this person chose last for the lists of an entity, in this browser. */
export function readChoice(user: string, entity: string): ColumnChoice {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(user, entity)) ?? 'null');
    if (stored && typeof stored === 'object' && 'widths' in stored) return stored as ColumnChoice;
  } catch {
    // Unreadable or forbidden storage: the entity's own columns are shown.
  }
  return { widths: {} };
}

/** Keeps what this person chose. */
export function writeChoice(user: string, entity: string, choice: ColumnChoice): void {
  try {
    localStorage.setItem(keyOf(user, entity), JSON.stringify(choice));
  } catch {
    // A full or forbidden storage loses a width, nothing else.
  }
}
