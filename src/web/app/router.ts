import { createRouter } from '@tanstack/react-router';
import { queryClient } from '../data/query-client.ts';
import { Failure } from './Failure.tsx';
import { NotFound } from './NotFound.tsx';
import { Pending } from './Pending.tsx';
import { routeTree } from './routes.ts';
import { basePath } from './workspace.ts';

/** The router of this workspace; search parameters are plain text, so that addresses stay readable. */
export const router = createRouter({
  routeTree,
  basepath: basePath,
  context: { client: queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 250,
  defaultPendingComponent: Pending,
  defaultErrorComponent: Failure,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(search)) {
      if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
    }
    const text = params.toString();
    return text ? `?${text}` : '';
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
