import type { Bad } from './bad-requests.ts';

const nobody = '01934f2a-7c1e-7b3a-9d5e-3f2a1b4c5d6e';

/** Ways of asking wrongly for what is done to records besides changing them, and for records like one. */
export const badVerbRequests: readonly Bad[] = [
  {
    what: 'a look for duplicates by a field that is nearly there',
    method: 'POST',
    path: '/contacts/duplicates',
    body: { emial: 'x@example.org' },
    status: 422,
    code: 'invalid',
    mistakes: [['emial', 'unknown-field-near']],
  },
  {
    what: 'a look for duplicates where nothing tells them',
    method: 'POST',
    path: '/opportunities/duplicates',
    body: { name: 'x' },
    status: 404,
    code: 'no-duplicates',
  },
  {
    what: 'a look for duplicates by a list',
    method: 'POST',
    path: '/contacts/duplicates',
    body: [],
    status: 400,
    code: 'body-missing',
  },
  {
    what: 'something to do that nothing is called',
    method: 'POST',
    path: ({ contact }) => `/contacts/${contact}/explode`,
    body: {},
    status: 404,
    code: 'no-verbs',
  },
  {
    what: 'something to do that is nearly there',
    method: 'POST',
    path: `/leads/${nobody}/convrt`,
    body: {},
    status: 404,
    code: 'unknown-verb',
  },
  {
    what: 'a conversion of a lead that nobody has',
    method: 'POST',
    path: `/leads/${nobody}/convert`,
    body: { contact: {} },
    status: 404,
    code: 'record-not-found',
  },
  {
    what: 'a conversion as a list',
    method: 'POST',
    path: `/leads/${nobody}/convert`,
    body: [{ contact: {} }],
    status: 400,
    code: 'body-missing',
  },
  {
    what: 'a conversion by another method',
    method: 'PUT',
    path: `/leads/${nobody}/convert`,
    body: {},
    status: 405,
    code: 'method-not-taken',
  },
];
