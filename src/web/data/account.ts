import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Page, ReferenceValue } from '../../model/record.ts';
import { api } from './api.ts';

/** A place where one is signed in. */
export interface Session {
  readonly id: string;
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
  readonly userAgent: string | null;
  readonly ip: string | null;
  /** The one this page uses. */
  readonly current: boolean;
}

/** A key of a program. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** The first letters of the key, to tell it by. */
  readonly prefix: string;
  readonly user: ReferenceValue;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

/** One's own sessions. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => api.get<Page<Session>>('/me/sessions', {}, signal),
});

/** One's own keys; an administrator's everybody's. */
export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => api.get<Page<ApiKey>>('/keys', {}, signal),
});

/** Changes one's own password. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (passwords: { readonly current: string; readonly next: string }) =>
      api.post<unknown>('/me/password', passwords),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
}

/** Ends all of one's own sessions. */
export function useSignOutEverywhere() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<unknown>('/me/sign-out-everywhere'),
    onSuccess: () => client.clear(),
  });
}

/** Ends one of one's own sessions, on another machine perhaps. */
export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.remove<unknown>(`/me/sessions/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
}

/** Makes a key; the answer holds it in full, this once. */
export function useCreateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => api.post<ApiKey & { readonly key: string }>('/keys', { name }),
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}

/** Ends a key. */
export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.remove<unknown>(`/keys/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}
