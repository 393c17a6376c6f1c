import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * The line that a dialog is typed into. Letters typed after it was asked for and before the line has the focus
 * are handed to `write`, so that none is lost or lands elsewhere.
 */
export function useTypedAhead(
  isOpen: boolean,
  write: (change: (before: string) => string) => void,
): RefObject<HTMLInputElement | null> {
  const line = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    const pressed = (event: KeyboardEvent): void => {
      const isOurs = document.activeElement === line.current;
      if (isOurs || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const isLetter = [...event.key].length === 1;
      if (!isLetter && event.key !== 'Backspace') return;
      event.preventDefault();
      event.stopPropagation();
      write((before) => (isLetter ? before + event.key : before.slice(0, -1)));
    };
    window.addEventListener('keydown', pressed, true);
    return () => window.removeEventListener('keydown', pressed, true);
  }, [isOpen, write]);
  return line;
}
