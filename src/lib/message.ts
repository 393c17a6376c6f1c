import { type Labels, type Locale, labels } from './locale.ts';

/** Values put into the `{name}` places of a message. A `Labels` value is shown in the reader's language. */
export type MessageParams = Readonly<Record<string, string | number | Labels>>;

/** A sentence for a person: a stable code and its text in every language, with `{name}` places. */
export interface Message {
  readonly code: string;
  readonly text: Labels;
}

const catalogue = new Map<string, Message>();

/** Declares a message once, next to the code that says it; a code can't be declared twice with other words. */
export function message(code: string, en: string, fr: string, es: string): Message {
  const known = catalogue.get(code);
  if (known && known.text.en !== en) throw new Error(`message ${code} is declared twice`);
  const declared: Message = { code, text: labels(en, fr, es) };
  catalogue.set(code, declared);
  return declared;
}

/** Every message declared so far, for the tests that hold languages and documentation equal. */
export const allMessages = (): readonly Message[] => [...catalogue.values()];

/** Tells a message in the reader's language, its `{name}` places filled. */
export function tell(locale: Locale, said: Message, params: MessageParams = {}): string {
  return said.text[locale].replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name];
    if (value === undefined) return place;
    return typeof value === 'object' ? value[locale] : String(value);
  });
}
