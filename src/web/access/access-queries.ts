import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Action } from '../../model/access.ts';
import type { AccessAnswer } from '../../model/access-why.ts';
import type { RoleEntity, RoleMatrix } from '../../model/role-matrix.ts';
import { api } from '../data/api.ts';
import { describeQuery } from '../data/describe.ts';
import { recordsChanged } from '../data/records.ts';

/** Everything one role may do. */
export const matrixQuery = (role: string) =>
  queryOptions({
    queryKey: ['records', 'roles', role, 'matrix'],
    queryFn: ({ signal }) => api.get<RoleMatrix>(`/roles/${role}/matrix`, {}, signal),
  });

/** What somebody may do to a record, and why. */
export const whyQuery = (plural: string, id: string, user: string) =>
  queryOptions({
    queryKey: ['records', plural, id, 'access', user],
    queryFn: ({ signal }) => api.get<AccessAnswer>(`/${plural}/${id}/access`, { user }, signal),
  });

/** What is changed of a role's right to an entity; the rest stays as it is in effect. */
export interface RightChange {
  readonly of: RoleEntity;
  readonly levels?: Partial<Readonly<Record<Action, string>>>;
  readonly where?: string | null;
}

/** The levels in effect: what was decided, else what is declared. */
export const levelsOf = (of: RoleEntity): Readonly<Record<Action, string>> =>
  of.decided?.levels ?? of.declared;

/** Decides what a role may do with an entity: the first time its whole right is written down, then what changes. */
export function useDecide(role: string) {
  const settle = useSettle();
  return useMutation({
    mutationFn: ({ of, levels = {}, where }: RightChange) => {
      const condition = where === undefined ? {} : { where };
      if (of.decided)
        return api.patch<unknown>(`/rights/${of.decided.id}`, {
          version: of.decided.version,
          ...levels,
          ...condition,
        });
      return api.post<unknown>('/rights', {
        role,
        entity: of.entity,
        ...of.declared,
        ...levels,
        ...condition,
      });
    },
    onSettled: settle,
  });
}

/** Decides what a role may do with a field; null goes back to what is declared. */
export function useDecideField(role: string) {
  const settle = useSettle();
  return useMutation({
    mutationFn: ({
      entity,
      field,
      may,
    }: {
      readonly entity: string;
      readonly field: RoleEntity['fields'][number];
      readonly may: { readonly read: boolean; readonly write: boolean } | null;
    }) => {
      const { decided } = field;
      if (may === null)
        return decided ? api.remove<unknown>(`/field-rights/${decided.id}`) : Promise.resolve();
      return decided
        ? api.patch<unknown>(`/field-rights/${decided.id}`, { version: decided.version, ...may })
        : api.post<unknown>('/field-rights', { role, entity, field: field.name, ...may });
    },
    onSettled: settle,
  });
}

/** Lets a role have again what an entity declares for it. */
export function useBackToDefault() {
  const settle = useSettle();
  return useMutation({
    mutationFn: (id: string) => api.remove<unknown>(`/rights/${id}`),
    onSettled: settle,
  });
}

/** Makes a role like another: its levels, conditions, fields and special rights; answers its id. */
export function useCopyRole() {
  const settle = useSettle();
  return useMutation({
    mutationFn: async (o: { readonly from: string | null; readonly code: string; readonly name: string }) => {
      const matrix = o.from ? await api.get<RoleMatrix>(`/roles/${o.from}/matrix`, {}) : null;
      const special = matrix?.special ?? [];
      const made = await api.post<{ readonly id: string }>('/roles', { code: o.code, name: o.name, special });
      const rows = matrix?.entities ?? [];
      const rights = rows
        .filter((row) => Object.values(levelsOf(row)).some((level) => level !== 'none'))
        .map((row) => ({
          role: made.id,
          entity: row.entity,
          ...levelsOf(row),
          where: row.decided?.where ?? null,
        }));
      if (rights.length > 0) await api.post<unknown>('/rights', rights);
      const fields = rows.flatMap((row) =>
        row.fields.flatMap(({ name, decided }) =>
          decided
            ? [{ role: made.id, entity: row.entity, field: name, read: decided.read, write: decided.write }]
            : [],
        ),
      );
      if (fields.length > 0) await api.post<unknown>('/field-rights', fields);
      return made.id;
    },
    onSettled: settle,
  });
}

/** What follows a change of rights, refused ones too: everything is asked for anew. */
function useSettle() {
  const client = useQueryClient();
  return async () => {
    await recordsChanged(client);
    await client.invalidateQueries({ queryKey: describeQuery.queryKey });
  };
}
