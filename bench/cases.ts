import type { Ctx } from '../src/engine/ctx.ts';
import { listRecords } from '../src/engine/query/list.ts';
import { readRecord } from '../src/engine/query/read.ts';
import { searchRecords } from '../src/engine/search/search.ts';
import { entityOf } from '../src/model/declarations.ts';
import type { Entity } from '../src/model/entity.ts';
import { capture, portable } from './capture.ts';
import type { OwnContact } from './data.ts';
import { request } from './load.ts';
import type { RawCase } from './raw-case.ts';

/** One thing measured: how to ask the product and how to ask the yardstick. */
export interface BenchCase {
  readonly name: string;
  readonly aim: number;
  readonly app: (place: number, key: string) => Buffer;
  readonly raw: (place: number) => Buffer;
}

/** All that is measured, with the statements the yardstick runs. */
export interface BenchCases {
  readonly session: RawCase;
  readonly raw: Readonly<Record<string, RawCase>>;
  readonly all: readonly BenchCase[];
}

const words = [
  'alvar',
  'boulang',
  'dubois',
  'garcia',
  'ingeni',
  'kowal',
  'lefev',
  'moreau',
  'nunez',
  'papet',
  'rousse',
  'weiss',
];

/** The last five digits of phone numbers. */
const phoneRuns = ['51234', '54321', '52718', '57777', '59021', '53141'];
const mistyped = ['duboys', 'garcai', 'kowalsky', 'lefevr', 'moraeu', 'rouseau', 'boulangrie', 'inddustries'];

const lists = {
  opportunities: { where: 'stage in (prospecting, proposal) and amount > 50000', sort: 'closeDate' },
  contacts: { where: 'jobTitle = "Office manager"', sort: 'name' },
} as const;

/** Filters about related records: those that have one, and those that have none. */
const related = {
  'with-open-deals': {
    plural: 'accounts',
    where: 'any(opportunities, stage.class = open and amount > 50000)',
    sort: 'name',
  },
  'without-deals': { plural: 'accounts', where: 'none(opportunities)', sort: 'name' },
  'with-many-contacts': { plural: 'accounts', where: 'count(contacts) >= 3', sort: '-createdAt' },
} as const;

/** Builds the cases for a reader; `own` are contacts he may change. */
export async function benchCases(
  ctx: Ctx,
  contact: Entity,
  opportunity: Entity,
  own: readonly OwnContact[],
  identify: () => Promise<unknown>,
): Promise<BenchCases> {
  const only = async (work: () => Promise<unknown>): Promise<RawCase> => {
    await work();
    const [statement, ...more] = await capture(work);
    if (!statement || more.length > 0)
      throw new Error(
        `expected one statement, saw ${more.length + 1}: ${more.map((each) => each.text).join('\n')}`,
      );
    return statement;
  };
  const sample = own[0]?.id ?? '';
  const session = portable(await only(identify));
  const opportunities = portable(
    await only(() =>
      listRecords(ctx, opportunity, { ...lists.opportunities, fields: opportunity.list.columns }),
    ),
  );
  const contacts = portable(
    await only(() => listRecords(ctx, contact, { ...lists.contacts, fields: contact.list.columns })),
  );
  const read = portable(await only(() => readRecord(ctx, contact, sample)), (value) =>
    value === sample ? '$id' : value,
  );
  const account = entityOf(ctx.workspace.model, 'account');
  const byRelated: Record<string, RawCase> = {};
  for (const [name, { where, sort }] of Object.entries(related)) {
    const asked = { where, sort, fields: account.list.columns };
    byRelated[name] = portable(await only(() => listRecords(ctx, account, asked)));
  }
  const searches: Record<string, RawCase> = {};
  // Where little is found the product sends two more: for the words meant, and by those. Of a mistyped word the last
  // does the work, so the yardstick runs that; else the first.
  for (const word of [...words, ...phoneRuns, ...mistyped]) {
    const sent = await capture(() => searchRecords(ctx, word));
    const one = sent.at(mistyped.includes(word) ? -1 : 0);
    if (one) searches[word] = portable(one);
  }
  const { schema } = ctx.workspace;
  const me = ctx.who.userId;
  const raw: Record<string, RawCase> = {
    opportunities,
    contacts,
    read,
    ...searches,
    ...byRelated,
    create: {
      text: `insert into ${schema}.contact (id, version, owner_id, teams_ids, created_at, created_by_id, updated_at, updated_by_id, name_first, name_last, name_fold, name_sort, email, email_fold, job_title, job_title_fold, do_not_call)
        values ($1, 1, $2, $3, now(), $2, now(), $2, $4, $5, lower($4 || ' ' || $5), lower($5 || ' ' || $4), $6, lower($6), $7, lower($7), false) returning *`,
      values: ['$new', me, ctx.who.teams, '$body.first', '$body.last', '$body.email', '$body.jobTitle'],
    },
    update: {
      text: `update ${schema}.contact set job_title = $1, job_title_fold = lower($1), version = version + 1, updated_at = now(), updated_by_id = $3
        where id = $2 and removed_at is null and owner_id = $3 returning *`,
      values: ['$body.jobTitle', '$id', me],
    },
  };
  const auth = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
  const list = (plural: keyof typeof lists, entity: Entity): BenchCase => {
    const query = new URLSearchParams({ ...lists[plural], fields: entity.list.columns.join(',') });
    return {
      name: `list of ${plural}, filtered and sorted`,
      aim: 0.7,
      app: (_, key) => request('GET', `/api/v1/${plural}?${query}`, auth(key)),
      raw: () => request('GET', `/${plural}`, {}),
    };
  };
  const relatedList = ([name, { plural, where, sort }]: [
    string,
    (typeof related)[keyof typeof related],
  ]): BenchCase => {
    const query = new URLSearchParams({ where, sort, fields: account.list.columns.join(',') });
    return {
      name: `list of ${plural} ${name.replaceAll('-', ' ')}`,
      aim: 0.7,
      app: (_, key) => request('GET', `/api/v1/${plural}?${query}`, auth(key)),
      raw: () => request('GET', `/${name}`, {}),
    };
  };
  const half = Math.floor(own.length / 2);
  const pick = (place: number, from: number): string => own[from + (place % half)]?.id ?? sample;
  const versions = own.map((each) => each.version);
  const person = (place: number) => ({
    first: 'Inès',
    last: `Bench ${place}`,
    email: `bench${place}@example.org`,
    jobTitle: 'Buyer',
  });
  return {
    session,
    raw,
    all: [
      list('opportunities', opportunity),
      list('contacts', contact),
      ...Object.entries(related).map(relatedList),
      {
        name: 'record read',
        aim: 0.7,
        app: (n, key) => request('GET', `/api/v1/contacts/${pick(n, 0)}`, auth(key)),
        raw: (n) => request('GET', `/read/${pick(n, 0)}`, {}),
      },
      {
        name: 'quick search',
        aim: 0.7,
        app: (n, key) => request('GET', `/api/v1/search?q=${words[n % words.length]}`, auth(key)),
        raw: (n) => request('GET', `/${words[n % words.length]}`, {}),
      },
      {
        name: 'search by five digits of a phone number',
        aim: 0.7,
        app: (n, key) => request('GET', `/api/v1/search?q=${phoneRuns[n % phoneRuns.length]}`, auth(key)),
        raw: (n) => request('GET', `/${phoneRuns[n % phoneRuns.length]}`, {}),
      },
      {
        name: 'search, a word mistyped',
        aim: 0.4,
        app: (n, key) => request('GET', `/api/v1/search?q=${mistyped[n % mistyped.length]}`, auth(key)),
        raw: (n) => request('GET', `/${mistyped[n % mistyped.length]}`, {}),
      },
      {
        name: 'create',
        aim: 0.4,
        app: (n, key) => {
          const { first, last, ...rest } = person(n);
          return request('POST', '/api/v1/contacts', auth(key), { name: { first, last }, ...rest });
        },
        raw: (n) => request('POST', '/create', {}, person(n)),
      },
      {
        name: 'update',
        aim: 0.4,
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
    ],
  };
}
