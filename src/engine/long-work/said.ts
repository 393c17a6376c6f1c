import type { Locale } from '../../lib/locale.ts';
import { type Message, type MessageParams, tell } from '../../lib/message.ts';

/** A sentence kept in the database, so that each reader has it in his language. */
export interface Said {
  readonly message: Message;
  readonly params?: MessageParams;
}

/** A sentence for a reader. */
export const saidOut = (said: Said | null, locale: Locale): string | null =>
  said === null ? null : tell(locale, said.message, said.params);
