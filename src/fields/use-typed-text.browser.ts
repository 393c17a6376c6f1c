import { type FocusEvent, useState } from 'react';

/** How a value is written and read in the reader's language. */
export interface TypedFormat {
  /** The value as one types it. */
  readonly write: (value: unknown) => string;
  /** The value as it is shown while nobody types; `write` where absent. */
  readonly show?: ((value: unknown) => string) | undefined;
  /** The value that a text means; a text that means none is answered as it is, and the server says why not. */
  readonly read: (text: string) => unknown;
}

/**
 * The text of an input whose value is written by the reader's language: what is typed stays as typed while one
 * types, and is shown well formed afterwards.
 */
export function useTypedText(
  value: unknown,
  onChange: (value: unknown) => void,
  { write, show = write, read }: TypedFormat,
) {
  const [typed, setTyped] = useState<{ readonly text: string; readonly means: unknown } | null>(null);
  const isOwn = typed !== null && same(typed.means, value);
  return {
    value: isOwn ? typed.text : show(value),
    onChange: (text: string): void => {
      const means = text.trim() === '' ? null : read(text);
      setTyped({ text, means });
      onChange(means);
    },
    onFocus: (event: FocusEvent<HTMLInputElement>): void => {
      if (isOwn) return;
      const text = write(value);
      if (text === event.currentTarget.value) return;
      setTyped({ text, means: value });
    },
    onLeave: (): void => setTyped(null),
  };
}

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
