import { useEffect, useRef, useState } from 'react';
import { type Choice, useFieldEditing } from './field-input.tsx';

/** What a picker knows of the records it offers. */
export interface Found {
  readonly choices: readonly Choice[];
  readonly isSearching: boolean;
  readonly hasFailed: boolean;
}

const nothingYet: Found = { choices: [], isSearching: true, hasFailed: false };

/** Records of these entities by a few letters, asked for a moment after the last one; only while `isOpen`. */
export function useFoundRecords(entities: readonly string[], text: string, isOpen: boolean): Found {
  const { findRecords } = useFieldEditing();
  const [found, setFound] = useState<Found>(nothingYet);
  const find = useRef(findRecords);
  find.current = findRecords;
  const names = entities.join();

  useEffect(() => {
    if (!isOpen) return undefined;
    const asked = new AbortController();
    setFound((before) => ({ ...before, isSearching: true, hasFailed: false }));
    async function ask(): Promise<void> {
      try {
        const choices = await find.current(names.split(','), text.trim(), asked.signal);
        if (!asked.signal.aborted) setFound({ choices, isSearching: false, hasFailed: false });
      } catch {
        if (!asked.signal.aborted) setFound({ choices: [], isSearching: false, hasFailed: true });
      }
    }
    const timer = setTimeout(() => void ask(), text.trim() === '' ? 0 : 160);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [names, text, isOpen]);

  return found;
}
