import type { Ctx } from '../src/engine/ctx.ts';
import { auth, type BenchCase } from './bench-case.ts';
import type { OwnContact } from './data.ts';
import { request } from './load.ts';

/** Creating and changing contacts, beside one plain statement each; `own` are contacts that the writer may change. */
export function writeCases(ctx: Ctx, own: readonly OwnContact[]): readonly BenchCase[] {
  const { schema } = ctx.workspace;
  const me = ctx.who.userId;
  // The product changes the first half, the yardstick the other.
  const half = Math.floor(own.length / 2);
  const pick = (place: number, from: number): string => own[from + (place % half)]?.id ?? '';
  const versions = own.map((each) => each.version);
  const person = (place: number) => ({
    first: 'Inès',
    last: `Bench ${place}`,
    email: `bench${place}@example.org`,
    jobTitle: 'Buyer',
  });
  return [
    {
      name: 'create',
      aim: 0.4,
      statements: {
        create: [
          {
            text: `insert into ${schema}.contact (id, version, owner_id, teams_ids, created_at, created_by_id, updated_at, updated_by_id, name_first, name_last, name_fold, name_sort, email, email_fold, job_title, job_title_fold, do_not_call)
        values ($1, 1, $2, $3, now(), $2, now(), $2, $4, $5, lower($4 || ' ' || $5), lower($5 || ' ' || $4), $6, lower($6), $7, lower($7), false) returning *`,
            values: ['$new', me, ctx.who.teams, '$body.first', '$body.last', '$body.email', '$body.jobTitle'],
          },
        ],
      },
      app: (n, key) => {
        const { first, last, ...rest } = person(n);
        return request('POST', '/api/v1/contacts', auth(key), { name: { first, last }, ...rest });
      },
      raw: (n) => request('POST', '/create', {}, person(n)),
    },
    {
      name: 'update',
      aim: 0.4,
      statements: {
        update: [
          {
            text: `update ${schema}.contact set job_title = $1, job_title_fold = lower($1), version = version + 1, updated_at = now(), updated_by_id = $3
        where id = $2 and removed_at is null and owner_id = $3 returning *`,
            values: ['$body.jobTitle', '$id', me],
          },
        ],
      },
      // Each update changes something, so it makes exactly one version.
      app: (n, key) => {
        const version = versions[n % half] ?? 1;
        versions[n % half] = version + 1;
        return request('PATCH', `/api/v1/contacts/${pick(n, 0)}`, auth(key), {
          version,
          jobTitle: `Buyer ${version}-${n}`,
        });
      },
      raw: (n) => request('POST', `/update/${pick(n, half)}`, {}, { jobTitle: `Buyer ${n}` }),
    },
  ];
}
