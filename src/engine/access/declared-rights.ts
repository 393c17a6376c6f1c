import type { Rights } from '../ctx.ts';

/** The rights of a workspace in which nobody decided otherwise: every role has what the entities declare. */
export const declaredRights: Rights = {
  grantOf: () => null,
  fieldRightOf: () => null,
  specialOf: () => [],
  filterOf: (_, text) => ({ text, fields: [], sql: null }),
  filtersOf: () => [],
};
