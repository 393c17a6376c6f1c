import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { describeQuery } from '../data/describe.ts';
import { meQuery } from '../data/me.ts';
import { changeLocale } from '../i18n/i18n.ts';
import { readListSearch } from '../list/list-search.ts';
import { readMergeSearch } from '../merge/merge-search.ts';
import { readSearchAddress } from '../search/search-address.ts';
import { paths } from './paths.ts';
import { Shell } from './Shell.tsx';

const root = createRootRouteWithContext<{ readonly client: QueryClient }>()({});

const signIn = createRoute({
  getParentRoute: () => root,
  path: 'sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => ({
    next: typeof search['next'] === 'string' && /^\/(?!\/)/.test(search['next']) ? search['next'] : undefined,
  }),
  component: lazyRouteComponent(() => import('../auth/SignIn.tsx'), 'SignIn'),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: 'setup',
  component: lazyRouteComponent(() => import('../auth/SetUp.tsx'), 'SetUp'),
});

/** Everything that needs somebody signed in stands below it. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: Shell,
  loader: async ({ context: { client } }) => {
    const [me] = await Promise.all([
      client.query({ ...meQuery, staleTime: 'static' }),
      client.query({ ...describeQuery, staleTime: 'static' }),
    ]);
    await changeLocale(me.user.locale);
  },
});

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  loader: async ({ context: { client } }) => {
    const { entities } = await client.query({ ...describeQuery, staleTime: 'static' });
    const first = entities.find((entity) => entity.navigation);
    // A redirect is thrown by the router's own custom; it is a response, not an error.
    // oxlint-disable-next-line typescript/only-throw-error
    throw redirect({ to: first ? paths.list(first.plural) : paths.profile, replace: true });
  },
});

const profile = createRoute({
  getParentRoute: () => app,
  path: 'profile',
  component: lazyRouteComponent(() => import('../profile/Profile.tsx'), 'Profile'),
});

const users = createRoute({
  getParentRoute: () => app,
  path: 'admin/users',
  component: lazyRouteComponent(() => import('../admin/Users.tsx'), 'Users'),
});

const teams = createRoute({
  getParentRoute: () => app,
  path: 'admin/teams',
  component: lazyRouteComponent(() => import('../admin/Teams.tsx'), 'Teams'),
});

const roles = createRoute({
  getParentRoute: () => app,
  path: 'admin/roles',
  component: lazyRouteComponent(() => import('../access/Roles.tsx'), 'Roles'),
});

const role = createRoute({
  getParentRoute: () => app,
  path: 'admin/roles/$id',
  component: lazyRouteComponent(() => import('../access/RoleScreen.tsx'), 'RoleScreen'),
});

const numbers = createRoute({
  getParentRoute: () => app,
  path: 'admin/numbers',
  component: lazyRouteComponent(() => import('../admin/NumberSeries.tsx'), 'NumberSeries'),
});

const lists = createRoute({
  getParentRoute: () => app,
  path: 'admin/lists',
  component: lazyRouteComponent(() => import('../admin/ValueLists.tsx'), 'ValueLists'),
});

const rules = createRoute({
  getParentRoute: () => app,
  path: 'admin/rules',
  component: lazyRouteComponent(() => import('../admin/Rules.tsx'), 'Rules'),
});

const duplicateRules = createRoute({
  getParentRoute: () => app,
  path: 'admin/duplicates',
  component: lazyRouteComponent(() => import('../duplicates/DuplicateRules.tsx'), 'DuplicateRules'),
});

const searchIndex = createRoute({
  getParentRoute: () => app,
  path: 'admin/search',
  component: lazyRouteComponent(() => import('../admin/SearchIndex.tsx'), 'SearchIndex'),
});

const bulkRuns = createRoute({
  getParentRoute: () => app,
  path: 'bulk-runs',
  component: lazyRouteComponent(() => import('../bulk/RunsScreen.tsx'), 'RunsScreen'),
});

const imports = createRoute({
  getParentRoute: () => app,
  path: 'import',
  component: lazyRouteComponent(() => import('../import/ImportsScreen.tsx'), 'ImportsScreen'),
});

const newImport = createRoute({
  getParentRoute: () => app,
  path: 'import/new',
  component: lazyRouteComponent(() => import('../import/NewImport.tsx'), 'NewImport'),
});

const importOne = createRoute({
  getParentRoute: () => app,
  path: 'import/$id',
  component: lazyRouteComponent(() => import('../import/ImportScreen.tsx'), 'ImportScreen'),
});

const expressionHelp = createRoute({
  getParentRoute: () => app,
  path: 'help/expressions',
  component: lazyRouteComponent(() => import('../help/HelpPage.tsx'), 'HelpPage'),
});

const search = createRoute({
  getParentRoute: () => app,
  path: 'search',
  validateSearch: readSearchAddress,
  component: lazyRouteComponent(() => import('../search/SearchScreen.tsx'), 'SearchScreen'),
});

const list = createRoute({
  getParentRoute: () => app,
  path: '$plural',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('../list/ListScreen.tsx'), 'ListScreen'),
});

const create = createRoute({
  getParentRoute: () => app,
  path: '$plural/new',
  component: lazyRouteComponent(() => import('../form/CreateScreen.tsx'), 'CreateScreen'),
});

const board = createRoute({
  getParentRoute: () => app,
  path: '$plural/board',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('../board/BoardScreen.tsx'), 'BoardScreen'),
});

const duplicates = createRoute({
  getParentRoute: () => app,
  path: '$plural/duplicates',
  component: lazyRouteComponent(() => import('../duplicates/DuplicatesScreen.tsx'), 'DuplicatesScreen'),
});

const merge = createRoute({
  getParentRoute: () => app,
  path: '$plural/merge',
  validateSearch: readMergeSearch,
  component: lazyRouteComponent(() => import('../merge/MergeScreen.tsx'), 'MergeScreen'),
});

const record = createRoute({
  getParentRoute: () => app,
  path: '$plural/$id',
  // The moment as of which the record is shown.
  validateSearch: (search: Record<string, unknown>): { at?: string | undefined } => ({
    at: typeof search['at'] === 'string' ? search['at'] : undefined,
  }),
  component: lazyRouteComponent(() => import('../record/RecordScreen.tsx'), 'RecordScreen'),
});

const verb = createRoute({
  getParentRoute: () => app,
  path: '$plural/$id/$verb',
  component: lazyRouteComponent(() => import('../verb/VerbScreen.tsx'), 'VerbScreen'),
});

/** Every screen of the staff app and its address; each is loaded when it is first opened. */
export const routeTree = root.addChildren([
  signIn,
  setUp,
  app.addChildren([
    home,
    bulkRuns,
    imports,
    newImport,
    importOne,
    profile,
    expressionHelp,
    users,
    teams,
    lists,
    roles,
    role,
    numbers,
    rules,
    duplicateRules,
    searchIndex,
    search,
    list,
    create,
    merge,
    board,
    duplicates,
    record,
    verb,
  ]),
]);
