import { addressField } from './address/address.ts';
import { anyReferenceField } from './any-reference/any-reference.ts';
import { baseValueField } from './base-value/base-value.ts';
import { checkboxField } from './checkbox/checkbox.ts';
import { choiceField } from './choice/choice.ts';
import { dateField } from './date/date.ts';
import { dateTimeField } from './date-time/date-time.ts';
import { decimalField } from './decimal/decimal.ts';
import { emailField } from './email/email.ts';
import type { FieldType } from './field-type.ts';
import { idField } from './id/id.ts';
import { jsonField } from './json/json.ts';
import { longTextField } from './long-text/long-text.ts';
import { moneyField } from './money/money.ts';
import { multiChoiceField } from './multi-choice/multi-choice.ts';
import { numberField } from './number/number.ts';
import { percentField } from './percent/percent.ts';
import { personNameField } from './person-name/person-name.ts';
import { phoneField } from './phone/phone.ts';
import { referenceField } from './reference/reference.ts';
import { referencesField } from './references/references.ts';
import { serialField } from './serial/serial.ts';
import { textField } from './text/text.ts';
import { urlField } from './url/url.ts';

const all = [
  textField,
  longTextField,
  numberField,
  decimalField,
  moneyField,
  percentField,
  dateField,
  dateTimeField,
  checkboxField,
  choiceField,
  multiChoiceField,
  baseValueField,
  referenceField,
  anyReferenceField,
  referencesField,
  emailField,
  phoneField,
  urlField,
  addressField,
  personNameField,
  jsonField,
  idField,
  serialField,
] as const;

/** Every field type by its name; a new one is a folder and a line here. */
export const fieldTypes: ReadonlyMap<string, FieldType> = new Map(
  // Each type reads and writes its own canonical values; the engine hands a field's values to no other type.
  (all as unknown as readonly FieldType[]).map((type): [string, FieldType] => [type.name, type]),
);

/** The field type of that name; one that doesn't exist is a mistake of the program. */
export function fieldType(name: string): FieldType {
  const found = fieldTypes.get(name);
  if (!found) throw new Error(`no field type is called ${name}`);
  return found;
}
