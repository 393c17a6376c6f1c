import type { Bad } from './bad-requests.ts';

const nobody = '01934f2a-7c1e-7b3a-9d5e-3f2a1b4c5d6e';

/** Ways of asking wrongly for imports. */
export const badImportRequests: readonly Bad[] = [
  {
    what: 'an import that nobody has',
    path: `/import-sets/${nobody}`,
    status: 404,
    code: 'import-not-found',
  },
  { what: 'an import whose id is none', path: '/import-sets/12', status: 404, code: 'not-an-id' },
  {
    what: 'to run an import that nobody has',
    method: 'POST',
    path: `/import-sets/${nobody}/run`,
    status: 404,
    code: 'import-not-found',
  },
  {
    what: 'to say what a file holds that nobody has',
    method: 'PUT',
    path: `/imports/${nobody}/entity`,
    body: { entity: 'account' },
    status: 404,
    code: 'import-not-found',
  },
  {
    what: 'files that come as JSON',
    method: 'POST',
    path: '/import-sets',
    body: { file: 'accounts.csv' },
    status: 415,
    code: 'upload-not-a-form',
  },
  {
    what: 'a place in the list of imports that is none',
    path: '/import-sets?after=abc',
    status: 422,
    code: 'invalid',
    mistakes: [['after', 'import-bad-cursor']],
  },
];
