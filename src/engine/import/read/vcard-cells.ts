import type { CardProperty } from './vcard-lines.ts';

/** Columns in the order in which cards fill them; what else they hold comes behind. */
export const cardColumns: readonly string[] = [
  'UID',
  'Salutation',
  'First name',
  'Middle name',
  'Last name',
  'Suffix',
  'Full name',
  'Company',
  'Department',
  'Job title',
  'Email',
  'Email 2',
  'Phone',
  'Mobile',
  'Home phone',
  'Fax',
  'Street',
  'City',
  'Postal code',
  'Region',
  'Country',
  'Website',
  'Birthday',
  'Notes',
];

/** What says nothing of a person: how the card was made, and copies of what it says elsewhere. */
const passedOver =
  /^(VERSION|PRODID|REV|LABEL|NAME|PROFILE|MAILER|X-AB(LABEL|ADR|UID|SHOWAS)|X-MS-OL-.*|X-APPLE-.*)$/;

const plainColumns: Readonly<Record<string, string>> = {
  UID: 'UID',
  TITLE: 'Job title',
  ROLE: 'Role',
  NICKNAME: 'Nickname',
  NOTE: 'Notes',
  URL: 'Website',
  CATEGORIES: 'Categories',
  GENDER: 'Gender',
  LANG: 'Language',
  TZ: 'Time zone',
  GEO: 'Position',
  SOURCE: 'Card source',
  KIND: 'Card kind',
  IMPP: 'Instant messaging',
};

/** A card as cells by column: names that an import's guesses know, further values of a kind in columns with a number. */
export function cardCells(properties: readonly CardProperty[]): Map<string, string> {
  const cells = new Map<string, string>();
  const put = (column: string, text: string): void => {
    const value = text.trim();
    if (value === '') return;
    let name = column;
    for (let count = 2; cells.has(name); count += 1) {
      if (cells.get(name) === value) return;
      name = `${column} ${count}`;
    }
    cells.set(name, value);
  };
  const isOld = properties.some(({ name, value }) => name === 'VERSION' && value.trim() === '2.1');
  const read = reader(isOld);
  const of = (name: string): readonly CardProperty[] =>
    preferredFirst(properties.filter((each) => each.name === name));
  putName(properties, read, put);
  for (const { value } of of('ORG').slice(0, 1)) {
    const [company = '', ...units] = read.parts(value);
    put('Company', company);
    put('Department', units.filter((unit) => unit !== '').join(', '));
  }
  for (const { value } of of('EMAIL')) put('Email', read.text(value).replace(/^mailto:/i, ''));
  for (const each of of('TEL'))
    put(phoneColumn(each, labelOf(properties, each, read)), phoneText(read.text(each.value)));
  putAddresses(of('ADR'), read, put);
  // An address as it is printed on letters says no more than its parts, where these are there.
  if (!cells.has('Street') && !cells.has('City'))
    for (const { value } of of('LABEL')) put('Street', read.text(value));
  for (const { value, parameters } of of('BDAY')) putDay('Birthday', value, parameters, put);
  const known = new Set(['N', 'FN', 'ORG', 'EMAIL', 'TEL', 'ADR', 'BDAY', 'BEGIN', 'END']);
  for (const each of preferredFirst(properties)) {
    if (known.has(each.name) || passedOver.test(each.name)) continue;
    const column = plainColumns[each.name] ?? labelOf(properties, each, read) ?? spoken(each.name);
    if (each.name.endsWith('ANNIVERSARY')) putDay('Wedding anniversary', each.value, each.parameters, put);
    else put(column, read.text(each.value));
  }
  return cells;
}

type Put = (column: string, text: string) => void;

interface ReadValue {
  /** A text without its escapes. */
  text(value: string): string;
  /** The parts of a structured value. */
  parts(value: string): readonly string[];
  /** The same, where each part may be several. */
  lists(value: string, between: string): readonly string[];
}

/** Version 2.1 escapes nothing but semicolons, and knows no lists. */
function reader(isOld: boolean): ReadValue {
  const text = (value: string): string =>
    (isOld
      ? value.replace(/\\([;:,\\])/g, '$1')
      : value.replace(/\\(.)/gs, (_, letter: string) => (letter === 'n' || letter === 'N' ? '\n' : letter))
    )
      .replaceAll('\r\n', '\n')
      .trim();
  return {
    text,
    parts: (value) => splitAt(value, ';').map(text),
    lists: (value, between) =>
      splitAt(value, ';').map((part) =>
        isOld
          ? text(part)
          : splitAt(part, ',')
              .map(text)
              .filter((each) => each !== '')
              .join(between),
      ),
  };
}

/** Parts between separators that aren't escaped. */
function splitAt(value: string, separator: ';' | ','): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (let place = 0; place < value.length; place += 1) {
    if (value[place] === '\\') place += 1;
    else if (value[place] === separator) {
      parts.push(value.slice(from, place));
      from = place + 1;
    }
  }
  return [...parts, value.slice(from)];
}

/** What people prefer comes first, by `PREF=1` or `TYPE=pref`. */
const preferredFirst = (properties: readonly CardProperty[]): readonly CardProperty[] =>
  [...properties].sort((first, second) => rank(first) - rank(second));

const rank = ({ types, parameters }: CardProperty): number =>
  types.has('PREF') ? 0 : Number(parameters.get('PREF') ?? 101) || 101;

function putName(properties: readonly CardProperty[], read: ReadValue, put: Put): void {
  const name = properties.find((each) => each.name === 'N');
  const formatted = properties.find((each) => each.name === 'FN');
  const [last = '', first = '', middle = '', prefix = '', suffix = ''] = name
    ? read.lists(name.value, ' ')
    : [];
  put('Salutation', prefix);
  put('First name', first);
  put('Middle name', middle);
  put('Last name', last);
  put('Suffix', suffix);
  if (!formatted) return;
  const isCompany = properties.some(
    (each) =>
      (each.name === 'KIND' && /^org$/i.test(each.value)) ||
      (each.name === 'X-ABSHOWAS' && /^company$/i.test(each.value)),
  );
  // Where the parts are told, the whole name would only be split anew, and worse.
  const column = isCompany ? 'Company' : first + last === '' ? 'Full name' : 'Formatted name';
  put(column, read.text(formatted.value));
}

/** What somebody called a property himself: Apple's `item1.X-ABLabel:_$!<Spouse>!$_`. */
function labelOf(
  properties: readonly CardProperty[],
  { group }: CardProperty,
  read: ReadValue,
): string | null {
  if (group === '') return null;
  const label = properties.find((each) => each.name === 'X-ABLABEL' && each.group === group);
  if (!label) return null;
  const said = read.text(label.value).replace(/^_\$!<(.*)>!\$_$/, '$1');
  return said === '' ? null : spoken(said.replace(/(?<=[a-z])(?=[A-Z])/g, ' '));
}

/** A property's name as a column's: `X-MS-MANAGER` → `Manager`. */
function spoken(name: string): string {
  const words = name
    .replace(/^X-(MS-|AB|EVOLUTION-|MOZILLA-|ANDROID-)?/i, '')
    .replace(/[-_\s]+/g, ' ')
    .trim()
    .toLowerCase();
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1, 100)}`;
}

function phoneColumn({ types }: CardProperty, label: string | null): string {
  if (types.has('FAX')) return types.has('HOME') ? 'Home fax' : 'Fax';
  if (types.has('PAGER')) return 'Pager';
  if (types.has('CELL') || /^(mobile|iphone)$/i.test(label ?? '')) return 'Mobile';
  if (label !== null && !/^(work|main|phone)$/i.test(label))
    return /phone|fax/i.test(label) ? label : `${label} phone`;
  return types.has('HOME') && !types.has('WORK') ? 'Home phone' : 'Phone';
}

/** `tel:+1-418-656-9254;ext=102` as people write it. */
const phoneText = (value: string): string =>
  value
    .replace(/^tel:/i, '')
    .replace(/;ext=(\d+)/i, ' ext. $1')
    .replace(/;[\w-]+=[^;]*/g, '');

/** The address that mail goes to in columns without a prefix, others after what they are for. */
function putAddresses(addresses: readonly CardProperty[], read: ReadValue, put: Put): void {
  const [preferred] = addresses;
  const main =
    addresses.find(({ types, parameters }) => types.has('PREF') || parameters.has('PREF')) ??
    addresses.find(({ types }) => types.has('WORK')) ??
    preferred;
  for (const each of addresses) {
    const [box = '', further = '', street = '', city = '', region = '', code = '', country = ''] = read.lists(
      each.value,
      ', ',
    );
    const kind =
      each === main ? '' : each.types.has('HOME') ? 'Home' : each.types.has('WORK') ? 'Work' : 'Other';
    const column = (name: string): string => (kind === '' ? name : `${kind} ${name.toLowerCase()}`);
    put(column('Street'), [box, further, street].filter((part) => part !== '').join('\n'));
    put(column('City'), city);
    put(column('Postal code'), code);
    put(column('Region'), region);
    put(column('Country'), country);
  }
}

/** A day as ISO writes it; one without a year stays as it is, in a column of its own, since it is no day. */
function putDay(column: string, value: string, parameters: CardProperty['parameters'], put: Put): void {
  const parts = /^(\d{4})-?(\d{2})-?(\d{2})(?:T.*)?$/.exec(value.trim());
  if (parts && parameters.get('X-APPLE-OMIT-YEAR') !== parts[1])
    put(column, `${parts[1]}-${parts[2]}-${parts[3]}`);
  else put(`${column} as written`, parts ? `--${parts[2]}-${parts[3]}` : value);
}
