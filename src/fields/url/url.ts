import { message } from '../../lib/message.ts';
import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import type { FieldType, Read } from '../field-type.ts';
import { accepted, isRefusal, quoted, refused } from '../read-result.ts';
import { oneLine, readString } from '../string-value.ts';
import { neverUnique, textStorage } from '../text-column.ts';

const badUrl = message(
  'url-unknown',
  '“{value}” isn’t a web address; write it like https://example.org',
  '« {value} » n’est pas une adresse web ; écrivez-la comme https://exemple.org',
  '«{value}» no es una dirección web; escríbala como https://ejemplo.org',
);
const badScheme = message(
  'url-scheme',
  '“{value}” starts with {scheme}; a web address starts with https:// or http://',
  '« {value} » commence par {scheme} ; une adresse web commence par https:// ou http://',
  '«{value}» empieza por {scheme}; una dirección web empieza por https:// o http://',
);
const longest = 2000;

/** A web address. */
export const url = (settings: Omit<CommonSettings, 'unique'>): FieldSpec => fieldSpec('url', { ...settings });

/** A web address, http or https, as typed; `https://` is put before one without a scheme. */
export const urlField: FieldType<string> = {
  name: 'url',
  ...textStorage,
  settings: {},
  sortable: false,
  read: (input) => checked(readString(input, { max: longest })),
  readText: (cell) => checked(readString(oneLine(cell.slice(0, 20_000)), { max: longest })),
  jsonSchema: (_field, direction) => ({
    type: 'string',
    ...(direction === 'out' ? { format: 'iri' } : {}),
    maxLength: longest,
  }),
  // Compared where something else says that two records may be one; not looked for by itself.
  likeness: () => ({ of: siteOf, places: {}, searched: [], searches: () => [] }),
  example: () => 'https://example.org/about',
  describe: () => ({ max: longest }),
  verify: neverUnique,
};

function checked(read: ReturnType<typeof readString>): Read<string> {
  if (isRefusal(read) || read.value === null) return read;
  const text = read.value;
  // `example.org:8080` has a port, `javascript:…` a scheme.
  const scheme = /^([a-z][a-z0-9+.-]*:)(?!\d)/i.exec(text)?.[1];
  if (scheme !== undefined && !/^https?:$/i.test(scheme)) {
    return refused(badScheme, { value: quoted(text), scheme }, text);
  }
  const whole = scheme === undefined ? `https://${text.replace(/^\/\//, '')}` : text;
  return isWebAddress(whole) ? accepted(whole) : refused(badUrl, { value: quoted(text) }, text);
}

/** Sites on which many have a page: there the whole address tells whose it is. */
const shared = /(^|\.)(facebook|linkedin|instagram|twitter|x|youtube|tiktok|github|google)\.[a-z.]+$/;

/** What is the same of two addresses of one site: its name without www., of shared sites the page too. */
function siteOf(address: string): string | null {
  const url = URL.parse(address.toLowerCase());
  if (!url) return null;
  const site = url.hostname.replace(/^www\./, '');
  return shared.test(site) ? site + url.pathname.replace(/\/+$/, '') : site;
}

function isWebAddress(text: string): boolean {
  if (/\s/.test(text) || !/^https?:\/\/[^/]/i.test(text)) return false;
  const parsed = URL.parse(text);
  if (parsed === null) return false;
  return (
    parsed.hostname === 'localhost' || parsed.hostname.startsWith('[') || /[^.]\.[^.]/.test(parsed.hostname)
  );
}
