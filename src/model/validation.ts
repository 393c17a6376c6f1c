import type { Message } from '../lib/message.ts';

/** A rule said as an expression: no record of its entity may be written of which `wrongWhen` is true. */
export interface Validation {
  /** Names the rule in reports: `a lost opportunity says why`. */
  readonly name: string;
  readonly wrongWhen: string;
  /** The field at which the mistake is told. */
  readonly field: string;
  /** What is wrong and what to do; it names no values, since the rule may look at what its reader doesn't see. */
  readonly message: Message;
}
