import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import type { FieldType } from '../field-type.ts';
import { numberOption } from '../read-result.ts';
import { lengthSetting } from '../setting.ts';
import { readString } from '../string-value.ts';
import { neverUnique, textStorage } from '../text-column.ts';

/** What an author may say of a long text: at most `max` characters, 100,000 unless told, 1,000,000 at most. */
export interface LongTextSettings extends Omit<CommonSettings, 'unique'> {
  readonly max?: number;
}

const byDefault = 100_000;
const longest = 1_000_000;

/** Text of several lines. */
export const longText = (settings: LongTextSettings): FieldSpec => fieldSpec('long-text', { ...settings });

/** Text of several lines: may be filtered by what it contains, not sorted. */
export const longTextField: FieldType<string> = {
  name: 'long-text',
  ...textStorage,
  settings: lengthSetting(longest),
  sortable: false,
  read: (input, field) => readString(input, { max: numberOption(field, 'max', byDefault), lines: true }),
  readText: (cell, field) => readString(cell, { max: numberOption(field, 'max', byDefault), lines: true }),
  jsonSchema: (field) => ({ type: 'string', maxLength: numberOption(field, 'max', byDefault) }),
  example: () => 'First line\nSecond line',
  describe: (field) => ({ max: numberOption(field, 'max', byDefault) }),
  verify: (field) => {
    const max = field.options.max ?? byDefault;
    const fits = typeof max === 'number' && Number.isInteger(max) && max >= 1 && max <= longest;
    return [
      ...neverUnique(field),
      ...(fits ? [] : [`max is ${String(max)}, but a long text takes 1 to ${longest} characters`]),
    ];
  },
};
