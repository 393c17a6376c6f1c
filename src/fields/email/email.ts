import { fold } from '../../lib/fold.ts';
import { message } from '../../lib/message.ts';
import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import type { FieldType, Read } from '../field-type.ts';
import { isRefusal, quoted, refused } from '../read-result.ts';
import { oneLine, readString } from '../string-value.ts';
import { textStorage } from '../text-column.ts';
import { emailLikeness, tellingName } from './likeness.ts';

const badEmail = message(
  'email-unknown',
  '“{value}” isn’t an e-mail address; write it like name@example.org',
  '« {value} » n’est pas une adresse e-mail ; écrivez-la comme nom@exemple.org',
  '«{value}» no es una dirección de correo; escríbala como nombre@ejemplo.org',
);
const severalEmails = message(
  'email-several',
  '“{value}” holds several addresses; only one fits here',
  '« {value} » contient plusieurs adresses ; une seule tient ici',
  '«{value}» contiene varias direcciones; aquí solo cabe una',
);

const longest = 254;
const local = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}$/u;
const domainLabel = /^[\p{L}\p{N}\p{M}]([\p{L}\p{N}\p{M}_-]{0,61}[\p{L}\p{N}\p{M}])?$/u;

/** An e-mail address. */
export const email = (settings: CommonSettings): FieldSpec => fieldSpec('email', { ...settings });

/** An e-mail address of any script, as typed; compared without regard to case. */
export const emailField: FieldType<string> = {
  name: 'email',
  ...textStorage,
  settings: {},
  sortable: true,
  read: (input) => checked(readString(input, { max: longest })),
  readText: (cell) => {
    const text = oneLine(cell.slice(0, 1000));
    const bracketed = /^[^<>]*<([^<>]+)>$/.exec(text)?.[1] ?? text;
    return checked(readString(bracketed.replace(/^mailto:/i, ''), { max: longest }));
  },
  jsonSchema: () => ({ type: 'string', format: 'idn-email', maxLength: longest }),
  likeness: (field) => ({
    of: (value) => fold(value),
    between: emailLikeness,
    places: { whole: (column) => column(columnName(field, 'fold')) },
    searched: ['whole'],
    searches: (value) => {
      const name = tellingName(value);
      const same = { place: 'whole', text: fold(value) };
      return name === null ? [same] : [same, { place: 'whole', text: `${name}@`, isBeginning: true }];
    },
  }),
  example: () => 'ana.diaz@example.org',
  describe: () => ({ max: longest }),
};

function checked(read: ReturnType<typeof readString>): Read<string> {
  if (isRefusal(read) || read.value === null || isEmail(read.value)) return read;
  const several = read.value.split(/[\s,;]+/).filter(isEmail).length > 1;
  return refused(several ? severalEmails : badEmail, { value: quoted(read.value) }, read.value);
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [name, labels] = [text.slice(0, at), text.slice(at + 1).split('.')];
  if (at < 1 || !local.test(name) || name.startsWith('.') || name.endsWith('.') || name.includes('..'))
    return false;
  return (
    labels.length > 1 &&
    labels.every((label) => domainLabel.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  );
}
