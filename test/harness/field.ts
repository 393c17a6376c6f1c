import type { Read, ReadEnv } from '../../src/fields/field-type.ts';
import { type Locale, labels } from '../../src/lib/locale.ts';
import { tell } from '../../src/lib/message.ts';
import { type Field, type FieldSpec, unconditional } from '../../src/model/field.ts';

/** A field as the engine holds it, of what an author wrote. */
export const fieldOf = (spec: Omit<FieldSpec, 'label'>, name = 'someField'): Field => ({
  name,
  type: spec.type,
  label: labels('Some field', 'Un champ', 'Un campo'),
  help: null,
  required: spec.required ?? false,
  readOnly: spec.readOnly ?? false,
  system: false,
  unique: spec.unique ?? false,
  default: spec.default ?? null,
  options: spec.options ?? {},
  conditions: spec.conditions ?? unconditional,
});

/** The settings every author function needs. */
export const anyLabel = { label: labels('Some field', 'Un champ', 'Un campo') };

/** A writer in Paris who keeps accounts in euros. */
export const readEnv: ReadEnv = {
  locale: 'en',
  timeZone: 'Europe/Paris',
  now: new Date('2026-11-22T09:00:00Z'),
  country: 'FR',
  currency: 'EUR',
};

/** What was read, for a comparison: the value, or the mistakes as `part: code`. */
export const outcome = (read: Read): unknown =>
  'mistakes' in read
    ? read.mistakes.map(({ field, message }) => (field === '' ? message.code : `${field}: ${message.code}`))
    : read.value;

/** The sentence of the first mistake. */
export function said(read: Read, locale: Locale = 'en'): string {
  const mistake = 'mistakes' in read ? read.mistakes[0] : undefined;
  return mistake ? tell(locale, mistake.message, mistake.params) : 'accepted';
}
