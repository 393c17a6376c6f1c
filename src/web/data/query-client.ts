import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, Unreachable } from '../../web-kit/api/problem.ts';
import { setReachable } from './reachable.ts';

let onSignedOut: () => void = () => undefined;

/** Says what happens when the server answers that nobody is signed in (any more). */
export function whenSignedOut(then: () => void): void {
  onSignedOut = then;
}

function heard(error: unknown): void {
  if (error instanceof Unreachable) setReachable(false);
  if (error instanceof ApiProblem && error.status === 401) onSignedOut();
}

/** The cache of everything read from the server; refusals aren't retried, a lost connection is, calmly. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: heard, onSuccess: () => setReachable(true) }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      // A wrong password at sign-in is a 401 too, and the form itself tells it.
      if (mutation.meta?.['tellsRefusal'] !== true) heard(error);
      else if (error instanceof Unreachable) setReachable(false);
    },
    onSuccess: () => setReachable(true),
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      networkMode: 'always',
      retry: (count, error) => error instanceof Unreachable && count < 2,
      retryDelay: (attempt) => 400 * 2 ** attempt,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
