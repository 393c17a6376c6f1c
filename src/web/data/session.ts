import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Locale } from '../../lib/locale.ts';
import { rememberWorkspace } from '../app/known-workspaces.ts';
import { api } from './api.ts';
import { type Me, meQuery } from './me.ts';

/** What the set-up page sends, once in a workspace's life. */
export interface SetUpRequest {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly company: string;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly currency: string;
}

/** Signs in with e-mail and password. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    meta: { tellsRefusal: true },
    mutationFn: (credentials: { readonly email: string; readonly password: string }) =>
      api.post<Me>('/session', credentials),
    onSuccess: (me) => {
      rememberWorkspace(me.workspace.name);
      client.clear();
      client.setQueryData(meQuery.queryKey, me);
    },
  });
}

/** Creates the administrator and signs in. */
export function useSetUp() {
  const client = useQueryClient();
  return useMutation({
    meta: { tellsRefusal: true },
    mutationFn: (request: SetUpRequest) => api.post<Me>('/setup', request),
    onSuccess: (me) => {
      rememberWorkspace(me.workspace.name);
      client.clear();
    },
  });
}

/** Ends this session; nothing read before stays in memory. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.remove<unknown>('/session'),
    onSuccess: () => client.clear(),
  });
}
