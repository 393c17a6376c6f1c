import { useSyncExternalStore } from 'react';
import { workspace } from '../app/workspace.ts';

const listeners = new Set<() => void>();

/** Under this name the tab remembers the run shown above the list of an entity, so that a reload shows it again. */
const placeOf = (entity: string): string => `rapport-bulk-run ${workspace} ${entity}`;

/** Shows a run above the list of its entity, or none any more. */
export function showRun(entity: string, id: string | null): void {
  if (id === null) sessionStorage.removeItem(placeOf(entity));
  else sessionStorage.setItem(placeOf(entity), id);
  for (const heard of listeners) heard();
}

function listen(heard: () => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

/** The run shown above the list of an entity; null = none. */
export const useShownRun = (entity: string): string | null =>
  useSyncExternalStore(listen, () => sessionStorage.getItem(placeOf(entity)));
