import type { PersonName } from '../../fields/person-name/person-name.ts';
import type { Entity } from '../../model/entity.ts';
import type { Changes } from '../../model/event.ts';
import type { Field } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';

/** Stands where a value was that had to be; understood in every language. */
export const neutral = '•••';

/** The fields of an entity that say something about a person; none when it isn't about persons. */
export const personalFields = (entity: Entity): readonly Field[] =>
  Object.values(entity.fields).filter((field) => field.options.personal === true);

/** What stands in a personal field afterwards: nothing, or of one that must be filled in a value that says nothing. */
export function erasedValue(field: Field): unknown {
  if (!field.required) return null;
  if (field.type === 'person-name') return { first: null, middle: null, last: neutral } satisfies PersonName;
  return neutral;
}

/** Why a declaration of personal fields can't be kept to. */
export const personalMistakes = (entity: Entity): readonly string[] =>
  personalFields(entity)
    .filter(
      (field) =>
        field.unique || (field.required && !['text', 'long-text', 'person-name'].includes(field.type)),
    )
    .map(
      ({ name }) =>
        `${name} is personal, and nothing neutral could stand in it: let it be empty and not unique`,
    );

/** Changes as the log holds them afterwards: that something was there stays, what it was goes. */
export function erasedChanges(entity: Entity, changes: Changes): Changes {
  const personal = new Map(personalFields(entity).map((field) => [field.name, field]));
  const erased = (field: Field, value: unknown): unknown =>
    value === null || value === undefined ? null : erasedValue(field);
  return Object.fromEntries(
    Object.entries(changes).map(([name, [before, after]]) => {
      const field = personal.get(name);
      return [name, field ? [erased(field, before), erased(field, after)] : [before, after]];
    }),
  );
}

/** By what a person is found in texts. */
export interface Traces {
  /** Texts that are this person's: addresses, numbers, the whole name. */
  readonly texts: readonly string[];
  /** First and last names that together are. */
  readonly names: readonly (readonly [string, string])[];
}

/** The texts by which the person is found, from all the values the record ever had. */
export function tracesOf(entity: Entity, all: readonly Values[]): Traces {
  const texts = new Set<string>();
  const names = new Map<string, readonly [string, string]>();
  const add = (text: unknown): void => {
    if (typeof text === 'string' && text.trim().length >= 5 && text !== neutral) texts.add(text.trim());
  };
  for (const field of personalFields(entity)) {
    for (const values of all) {
      const value = values[field.name];
      if (value === null || value === undefined) continue;
      if (field.type === 'email') add(value);
      if (field.type === 'phone')
        for (const part of Object.values(value as Record<string, unknown>)) add(part);
      if (field.type === 'person-name') {
        const { first, last } = value as PersonName;
        if (!first || !last) continue;
        add(`${first} ${last}`);
        add(`${last} ${first}`);
        names.set(`${first}\n${last}`, [first, last]);
      }
    }
  }
  return { texts: [...texts], names: [...names.values()] };
}

/** A text as a pattern that `like` finds it by, anywhere. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
