import { fold } from '../../lib/fold.ts';
import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import type { FieldType } from '../field-type.ts';
import { numberOption } from '../read-result.ts';
import { lengthSetting } from '../setting.ts';
import { oneLine, readString } from '../string-value.ts';
import { textStorage } from '../text-column.ts';
import { firmBeginning, firmLikeness } from './likeness.ts';

/** What an author may say of a text: at most `max` characters, 200 unless told, 255 at most. */
export interface TextSettings extends CommonSettings {
  readonly max?: number;
}

/** Longest text whose folded form surely fits an index entry. */
const longest = 255;

/** One line of text. */
export const text = (settings: TextSettings): FieldSpec => fieldSpec('text', { ...settings });

/** One line of text: trimmed, compared and sorted without regard to case and accents. */
export const textField: FieldType<string> = {
  name: 'text',
  ...textStorage,
  settings: lengthSetting(longest),
  sortable: true,
  read: (input, field) => readString(input, { max: numberOption(field, 'max', 200) }),
  readText: (cell, field) => readString(oneLine(cell), { max: numberOption(field, 'max', 200) }),
  jsonSchema: (field) => ({ type: 'string', maxLength: numberOption(field, 'max', 200) }),
  likeness: (field) => ({
    of: (value) => fold(value),
    between: firmLikeness,
    places: { whole: (column) => column(columnName(field, 'fold')) },
    searched: ['whole'],
    searches: (value) => {
      const start = firmBeginning(value);
      const same = { place: 'whole', text: fold(value) };
      return start === null ? [same] : [same, { place: 'whole', text: start, isBeginning: true }];
    },
  }),
  example: (field) => 'Example'.slice(0, numberOption(field, 'max', 200)),
  describe: (field) => ({ max: numberOption(field, 'max', 200) }),
  verify: (field) => {
    const max = field.options.max ?? 200;
    const fits = typeof max === 'number' && Number.isInteger(max) && max >= 1 && max <= longest;
    return fits
      ? []
      : [`max is ${String(max)}, but a text takes 1 to ${longest} characters: use longText for more`];
  },
};
