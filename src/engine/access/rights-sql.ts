import { type RawBuilder, sql } from 'kysely';

/**
 * What gives a user his rights, as the columns `roles` (codes) and `teams` (ids) of a query with the user under
 * `alias`; roles and teams in the bin give none.
 */
export const rightsSql = (schema: string, alias: string): RawBuilder<unknown> => sql`
  array(select r.code from ${sql.id(schema, 'role')} r
    where r.id = any(${sql.ref(`${alias}.roles_ids`)}) and r.removed_at is null) as roles,
  array(select t.id from ${sql.id(schema, 'team')} t
    where t.id = any(${sql.ref(`${alias}.member_of_ids`)}) and t.removed_at is null order by t.id) as teams`;
