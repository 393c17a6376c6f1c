import type { Refusal } from './expect-refusal.ts';

/** Records that are there while bad requests come, by id. */
export interface Kept {
  readonly account: string;
  /** A contact of that account. */
  readonly contact: string;
  /** An account in the bin. */
  readonly removed: string;
}

/** A bad request, and how it is refused. */
export interface Bad extends Refusal {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string | ((kept: Kept) => string);
  /** JSON, its text, or what gives it. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** It is refused before anybody knows who asks, so in the language that the request prefers. */
  readonly isAnybodys?: true;
}

const nobody = '01934f2a-7c1e-7b3a-9d5e-3f2a1b4c5d6e';
const encoded = (name: string, value: string): string => `?${name}=${encodeURIComponent(value)}`;

const record = (
  what: string,
  path: string,
  body: unknown,
  ...mistakes: readonly (readonly [string, string])[]
): Bad => ({ what, method: 'POST', path, body, status: 422, code: 'invalid', mistakes });

const filter = (what: string, where: string, code: string, at: readonly [number, number]): Bad => ({
  what: `a filter with ${what}`,
  path: `/opportunities${encoded('where', where)}`,
  status: 400,
  code: 'bad-expression',
  mistakes: [['where', code]],
  at,
});

/** Every way that we know of asking wrongly, of a workspace that holds `kept`. */
export const badRequests: readonly Bad[] = [
  record('a number where text belongs', '/accounts', { name: 12 }, ['name', 'wrong-type']),
  record('text where a number belongs', '/accounts', { name: 'x', employees: 'many' }, [
    'employees',
    'wrong-type',
  ]),
  record('a list where text belongs', '/accounts', { name: ['x'] }, ['name', 'wrong-type']),
  record('a number below the least', '/accounts', { name: 'x', employees: -1 }, [
    'employees',
    'number-too-small',
  ]),
  record('a word where yes or no belongs', '/contacts', { name: { last: 'x' }, doNotCall: 'perhaps' }, [
    'doNotCall',
    'wrong-type',
  ]),
  record('a field that isn’t there', '/accounts', { name: 'x', shoeSize: 43 }, ['shoeSize', 'unknown-field']),
  record(
    'a field that is nearly there',
    '/accounts',
    { nmae: 'x' },
    ['nmae', 'unknown-field-near'],
    ['name', 'required'],
  ),
  record('nothing at all', '/accounts', {}, ['name', 'required']),
  record('white space for a name', '/accounts', { name: '  \t ' }, ['name', 'required']),
  record('a text too long', '/accounts', { name: 'x'.repeat(201) }, ['name', 'text-too-long']),
  record('a day that isn’t', '/opportunities', { name: 'x', closeDate: '2026-02-30' }, [
    'closeDate',
    'date-unknown',
  ]),
  record('a day in another order', '/opportunities', { name: 'x', closeDate: '31/12/2026' }, [
    'closeDate',
    'date-unknown',
  ]),
  record(
    'an amount that is none',
    '/opportunities',
    { name: 'x', closeDate: '2026-12-31', amount: { amount: '12,5x', currency: 'EUR' } },
    ['amount.amount', 'not-a-number'],
  ),
  record(
    'an unknown currency',
    '/opportunities',
    { name: 'x', closeDate: '2026-12-31', amount: { amount: '1', currency: 'XXZ' } },
    ['amount.currency', 'currency-unknown'],
  ),
  record('a reference to nothing', '/contacts', { name: { last: 'x' }, account: nobody }, [
    'account',
    'unknown-reference',
  ]),
  record('a reference that is no id', '/contacts', { name: { last: 'x' }, account: 'Acme' }, [
    'account',
    'id-unknown',
  ]),
  record(
    'an unknown external key',
    '/contacts',
    { name: { last: 'x' }, account: { source: 'old', key: '9' } },
    ['account', 'unknown-external-key'],
  ),
  record(
    'an external key that is taken',
    '/accounts',
    { name: 'x', externalKeys: [{ source: 'old', key: '1' }] },
    ['externalKeys', 'external-key-taken'],
  ),
  record('a code that its list doesn’t have', '/accounts', { name: 'x', industry: 'alchemy' }, [
    'industry',
    'unknown-list-value',
  ]),
  record('a choice that isn’t offered', '/accounts', { name: 'x', kind: 'enemy' }, [
    'kind',
    'choice-unknown',
  ]),
  record('an e-mail address that is none', '/accounts', { name: 'x', email: 'x at y' }, [
    'email',
    'email-unknown',
  ]),
  record('a web address that runs code', '/accounts', { name: 'x', website: 'javascript:alert(1)' }, [
    'website',
    'url-scheme',
  ]),
  record('an unknown country', '/accounts', { name: 'x', billingAddress: { country: 'QQ' } }, [
    'billingAddress.country',
    'country-unknown',
  ]),
  record('an unknown part of an address', '/accounts', { name: 'x', billingAddress: { planet: 'Mars' } }, [
    'billingAddress',
    'unknown-part',
  ]),
  record('a NUL byte in a text', '/accounts', { name: 'a\u0000b' }, ['name', 'text-not-storable']),
  record('half a surrogate pair', '/accounts', '{"name":"a\\ud800b"}', ['name', 'text-not-storable']),
  record('__proto__ as a field', '/accounts', '{"name":"x","__proto__":{"admin":true}}', [
    '__proto__',
    'unknown-key',
  ]),
  record('constructor as a field', '/accounts', { name: 'x', constructor: 1 }, [
    'constructor',
    'unknown-field',
  ]),
  record(
    'a value that rules give',
    '/opportunities',
    { name: 'x', closeDate: '2026-12-31', weighted: { amount: '1', currency: 'EUR' } },
    ['weighted', 'read-only'],
  ),
  record('an id of one’s own', '/accounts', { name: 'x', id: nobody }, ['id', 'read-only']),
  record('a creation date of one’s own', '/accounts', { name: 'x', createdAt: '2020-01-01T00:00:00Z' }, [
    'createdAt',
    'read-only',
  ]),
  record(
    'a loss without a reason',
    '/opportunities',
    { name: 'x', closeDate: '2026-12-31', stage: 'closed-lost' },
    ['lostReason', 'opportunity.lost-without-reason'],
  ),
  record(
    'the second of two records bad',
    '/accounts',
    [{ name: 'Good' }, { name: '' }],
    ['[1].name', 'required'],
  ),
  record(
    'mistakes in several records',
    '/accounts',
    [{ name: 1 }, { name: 'Good' }, { kind: 'x' }],
    ['[0].name', 'wrong-type'],
    ['[2].kind', 'choice-unknown'],
    ['[2].name', 'required'],
  ),
  record(
    'one key twice in one request',
    '/accounts',
    [
      { name: 'a', externalKeys: [{ source: 's', key: 'k' }] },
      { name: 'b', externalKeys: [{ source: 's', key: 'k' }] },
    ],
    ['[1].externalKeys', 'external-key-taken'],
  ),
  {
    what: 'a change without the version read',
    method: 'PATCH',
    path: ({ account }) => `/accounts/${account}`,
    body: { name: 'x' },
    status: 422,
    code: 'invalid',
    mistakes: [['version', 'record-version-missing']],
  },
  {
    what: 'a change of a version to come',
    method: 'PATCH',
    path: ({ account }) => `/accounts/${account}`,
    body: { version: 9, name: 'x' },
    status: 409,
    code: 'unknown-version',
  },
  {
    what: 'a change of a record that was removed',
    method: 'PATCH',
    path: ({ removed }) => `/accounts/${removed}`,
    body: { version: 2, name: 'x' },
    status: 404,
    code: 'record-not-found',
  },
  {
    what: 'the restoring of a record that is there',
    method: 'POST',
    path: ({ account }) => `/accounts/${account}/restore`,
    status: 404,
    code: 'record-not-found',
  },
  {
    what: 'a link of an unknown kind',
    method: 'POST',
    path: ({ contact }) => `/contacts/${contact}/link`,
    body: { link: 'friends', to: nobody },
    status: 404,
    code: 'unknown-link',
  },
  {
    what: 'a link that is there already',
    method: 'POST',
    path: ({ contact }) => `/contacts/${contact}/link`,
    body: ({ account }: Kept) => ({ link: 'accounts', to: account }),
    status: 422,
    code: 'invalid',
    mistakes: [['contact', 'not-unique']],
  },
  {
    what: 'the unlinking of what isn’t linked',
    method: 'POST',
    path: ({ contact }) => `/contacts/${contact}/unlink`,
    body: { link: 'accounts', to: nobody },
    status: 404,
    code: 'not-linked',
  },
  {
    what: 'malformed JSON',
    method: 'POST',
    path: '/accounts',
    body: '{"name": "x",}',
    status: 400,
    code: 'body-not-json',
  },
  {
    what: 'JSON that was cut short',
    method: 'POST',
    path: '/accounts',
    body: '{"name": "x"',
    status: 400,
    code: 'body-json-cut',
  },
  {
    what: 'a change of a reserved name',
    method: 'PATCH',
    path: '/accounts/totals',
    body: { version: 1, name: 'x' },
    status: 405,
    code: 'method-not-taken',
  },
  {
    what: 'a record under a reserved name',
    method: 'POST',
    path: '/describe',
    body: { name: 'x' },
    status: 405,
    code: 'method-not-taken',
  },
  {
    what: 'a body that is no JSON',
    method: 'POST',
    path: '/accounts',
    body: 'name=x',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
    code: 'content-type-not-taken',
  },
  {
    what: 'a body of more than a megabyte',
    method: 'POST',
    path: '/accounts',
    body: { name: 'x'.repeat(1_100_000) },
    status: 413,
    code: 'body-too-large',
  },
  {
    what: '1,001 records',
    method: 'POST',
    path: '/accounts',
    body: Array.from({ length: 1001 }, () => ({ name: 'x' })),
    status: 413,
    code: 'body-too-many',
  },
  { what: 'no record', method: 'POST', path: '/accounts', body: [], status: 400, code: 'body-not-list' },
  {
    what: 'one record twice in a change of many',
    method: 'PATCH',
    path: '/accounts',
    body: ({ account }: Kept) => [
      { id: account, name: 'a' },
      { id: account, name: 'b' },
    ],
    status: 400,
    code: 'same-record-twice',
  },
  {
    what: 'one record twice in a removal of many',
    method: 'DELETE',
    path: '/accounts',
    body: ({ account }: Kept) => [{ id: account }, { id: account }],
    status: 400,
    code: 'same-record-twice',
  },
  {
    what: 'an unknown id in a change of many',
    method: 'PATCH',
    path: '/accounts',
    body: ({ account }: Kept) => [
      { id: account, name: 'a' },
      { id: nobody, name: 'b' },
    ],
    status: 404,
    code: 'record-not-found',
  },
  { what: 'an unknown address', isAnybodys: true, path: '/accounts/a/b/c/d', status: 404, code: 'no-page' },
  { what: 'an unknown entity', path: '/acounts', status: 404, code: 'unknown-entity-near' },
  {
    what: 'a wrong method',
    method: 'PUT',
    path: '/accounts',
    body: {},
    status: 405,
    code: 'method-not-taken',
  },
  { what: 'an id that nobody has', path: `/accounts/${nobody}`, status: 404, code: 'record-not-found' },
  { what: 'an id that is none', path: '/accounts/12', status: 404, code: 'not-an-id' },
  {
    what: 'a cursor that was made up',
    path: '/accounts?after=abc',
    status: 422,
    code: 'invalid',
    mistakes: [['after', 'bad-cursor']],
  },
  {
    what: 'a page too large',
    path: '/accounts?limit=201',
    status: 422,
    code: 'invalid',
    mistakes: [['limit', 'input-not-integer']],
  },
  {
    what: 'an unknown parameter',
    path: '/accounts?wehre=x',
    status: 422,
    code: 'invalid',
    mistakes: [['wehre', 'input-unknown-meant']],
  },
  {
    what: 'an unknown field to sort by',
    path: '/accounts?sort=shoeSize',
    status: 422,
    code: 'invalid',
    mistakes: [['sort', 'unknown-field-of']],
  },
  {
    what: 'an unknown field to show',
    path: '/accounts?fields=shoeSize',
    status: 422,
    code: 'invalid',
    mistakes: [['fields', 'unknown-field-of']],
  },
  filter('an unknown field', 'nmae = "x"', 'expression-unknown-field', [0, 4]),
  filter('an unfinished comparison', 'name = ', 'expression-missing', [6, 6]),
  filter('an open bracket', '(name = "x"', 'expression-open-parenthesis', [0, 1]),
  filter('an open quote', 'name = "x', 'expression-open-quote', [7, 9]),
  filter('a text where a number belongs', 'amount > "many"', 'expression-wrong-type', [9, 15]),
  filter('an unknown code', 'stage = "nonsense"', 'expression-unknown-code', [8, 18]),
  filter('a day that isn’t', 'closeDate > 2026-02-30', 'expression-bad-date', [12, 22]),
  filter('an unknown field behind a reference', 'account.shoe = "x"', 'expression-unknown-field', [8, 12]),
];
