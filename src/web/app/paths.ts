/** Addresses of screens, below the workspace's base path. */
export const paths = {
  signIn: '/sign-in',
  profile: '/profile',
  users: '/admin/users',
  teams: '/admin/teams',
  lists: '/admin/lists',
  numbers: '/admin/numbers',
  rules: '/admin/rules',
  imports: '/import',
  newImport: '/import/new',
  expressionHelp: '/help/expressions',
  list: (plural: string) => `/${plural}`,
  board: (plural: string) => `/${plural}/board`,
  create: (plural: string) => `/${plural}/new`,
  record: (plural: string, id: string) => `/${plural}/${id}`,
  verb: (plural: string, id: string, verb: string) => `/${plural}/${id}/${verb}`,
  import: (id: string) => `/import/${id}`,
} as const;
