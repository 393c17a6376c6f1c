import type { RecordEvent, Verb } from './event.ts';
import type { RuleActs, RuleEnv } from './rule.ts';

interface Subscription {
  /** Names it for ever: what is still to be delivered is kept under this name. */
  readonly name: string;
  /** Which events it wants: of this entity, all verbs or these. */
  readonly on: readonly { readonly entity: string; readonly verbs?: readonly Verb[] }[];
}

/** What happens elsewhere, told with each event. */
export interface Sending {
  /** The same for every try of one event, so that the other side can leave out what it has already. */
  readonly key: string;
  /** Aborted when it takes too long or the process stops. */
  readonly signal: AbortSignal;
}

/**
 * What follows from an event after its commit, in the order of each record's events. `effect` changes our own records,
 * in the transaction that ticks the event off: exactly once. `send` reaches elsewhere: at least once.
 */
export type Subscriber = Subscription &
  (
    | { readonly effect: (event: RecordEvent, acts: RuleActs, env: RuleEnv) => Promise<void> }
    | { readonly send: (event: RecordEvent, sending: Sending) => Promise<void> }
  );
