import { useCallback, useEffect, useRef, useState } from 'react';
import type { ImportDraft, ImportMapping } from '../../../model/import.ts';
import { useSaveMapping } from '../import-data.ts';

/** How long typing may pause before the mapping is kept. */
const pauseMs = 350;

/** A mapping being edited: every change is kept on the server a moment later, in order, the last one always. */
export interface MappingEdit extends BeingEdited {
  readonly mapping: ImportMapping;
  readonly change: (edit: (before: ImportMapping) => ImportMapping) => void;
  readonly error: Error | null;
}

/** Whether what is typed is kept, and the way to keep it now. */
export interface BeingEdited {
  readonly state: 'saved' | 'waiting' | 'saving' | 'failed';
  /** Keeps what isn't kept yet; throws when that is refused. */
  readonly flush: () => Promise<void>;
}

/**
 * Holds the mapping of a file and keeps it on the server. Where several files come from is said elsewhere, once for
 * all of them: `isOneOfMany` takes that over without disturbing what is being edited.
 */
export function useMapping(draft: ImportDraft, isOneOfMany: boolean): MappingEdit {
  const [mapping, setMapping] = useState(draft.mapping);
  const [hasUnsaved, setUnsaved] = useState(false);
  const save = useSaveMapping(draft.id);
  const latest = useRef(mapping);
  const sent = useRef(mapping);
  const running = useRef<Promise<void>>(Promise.resolve());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { mutateAsync } = save;

  const flush = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    const next = running.current
      .catch(() => undefined)
      .then(async () => {
        if (sent.current === latest.current) return;
        const going = latest.current;
        await mutateAsync(going);
        sent.current = going;
        if (latest.current === going) setUnsaved(false);
      });
    running.current = next;
    return next;
  }, [mutateAsync]);

  const change = useCallback(
    (edit: (before: ImportMapping) => ImportMapping): void => {
      latest.current = edit(latest.current);
      setMapping(latest.current);
      setUnsaved(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush().catch(() => undefined), pauseMs);
    },
    [flush],
  );

  const { source } = draft.mapping;
  useEffect(() => {
    if (!isOneOfMany || latest.current.source === source) return;
    const isKept = sent.current === latest.current;
    latest.current = { ...latest.current, source };
    if (isKept) sent.current = latest.current;
    setMapping(latest.current);
  }, [source, isOneOfMany]);

  // Whoever leaves in the middle of a word still finds it here again.
  useEffect(() => {
    const keep = (): void => void flush().catch(() => undefined);
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [flush]);

  return {
    mapping,
    change,
    flush,
    error: save.error,
    state: save.isPending ? 'saving' : save.error ? 'failed' : hasUnsaved ? 'waiting' : 'saved',
  };
}
