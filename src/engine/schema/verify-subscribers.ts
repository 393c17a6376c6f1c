import type { Model } from '../../model/declarations.ts';
import type { Subscriber } from '../../model/subscriber.ts';

/** What is wrong with the subscribers: names twice or unfit, events of entities that nothing declares. */
export function verifySubscribers(model: Model, subscribers: readonly Subscriber[]): readonly string[] {
  return subscribers.flatMap((subscriber, index) => [
    ...(/^[a-z][a-z0-9-]{0,59}$/.test(subscriber.name)
      ? []
      : [`the subscriber “${subscriber.name}” needs a name in kebab-case of at most 60 characters`]),
    ...(subscribers.findIndex(({ name }) => name === subscriber.name) === index
      ? []
      : [`two subscribers are called “${subscriber.name}”`]),
    ...subscriber.on
      .filter(({ entity }) => !model.entities.has(entity))
      .map(
        ({ entity }) => `the subscriber “${subscriber.name}” is told of ${entity}, which nothing declares`,
      ),
  ]);
}
