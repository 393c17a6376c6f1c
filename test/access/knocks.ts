import type { Ctx } from '../../src/engine/ctx.ts';
import { history } from '../../src/engine/events/history.ts';
import { readRecordAt } from '../../src/engine/events/record-at.ts';
import { undoChange } from '../../src/engine/events/undo-change.ts';
import { listRecords } from '../../src/engine/query/list.ts';
import { readRecord } from '../../src/engine/query/read.ts';
import { totals } from '../../src/engine/query/totals.ts';
import {
  createRecords,
  linkRecords,
  removeRecords,
  restoreRecords,
  unlinkRecords,
  updateRecords,
} from '../../src/engine/record/verbs.ts';
import { searchRecords } from '../../src/engine/search/search.ts';
import { Problem, problemKinds } from '../../src/lib/problem.ts';
import type { Entity } from '../../src/model/entity.ts';
import type { Caller } from '../harness/doors.ts';
import type { Actor } from './stage.ts';

/** What came of a knock: the HTTP status it has or would have, and the answer. */
export interface Outcome {
  readonly status: number;
  readonly body: unknown;
}

type Values = Readonly<Record<string, unknown>>;

/** Every verb on records of one entity through one door, in one person's name. */
export interface Knocks {
  create(values: Values): Promise<Outcome>;
  read(id: string): Promise<Outcome>;
  readRemoved(id: string): Promise<Outcome>;
  history(id: string): Promise<Outcome>;
  readPast(id: string): Promise<Outcome>;
  undo(id: string, event: string): Promise<Outcome>;
  update(id: string, version: number, values: Values): Promise<Outcome>;
  remove(id: string): Promise<Outcome>;
  restore(id: string): Promise<Outcome>;
  link(id: string, link: string, to: string): Promise<Outcome>;
  unlink(id: string, link: string, to: string): Promise<Outcome>;
  list(where: string, removed: boolean): Promise<Outcome>;
  page(where: string, after: string | null): Promise<Outcome>;
  totals(where: string): Promise<Outcome>;
  search(text: string): Promise<Outcome>;
}

/** The doors of the matrix: the verbs themselves, and what programs and the browser reach over HTTP. */
export const matrixDoors: Readonly<Record<string, (actor: Actor, entity: Entity) => Knocks>> = {
  verbs: ({ ctx }, entity) => atVerbs(ctx, entity),
  REST: ({ caller }, entity) => atRest(caller.program, entity),
};

/** The doors of the matrix and the browser's, which is a program's but for who is known by what. */
export const allDoors: typeof matrixDoors = {
  ...matrixDoors,
  browser: ({ caller }, entity) => atRest(caller.browser, entity),
};

function atVerbs(ctx: () => Ctx, entity: Entity): Knocks {
  return {
    create: (values) => outcome(201, createRecords(ctx(), entity, [values])),
    read: (id) => outcome(200, readRecord(ctx(), entity, id)),
    readRemoved: (id) => outcome(200, readRecord(ctx(), entity, id, { removed: true })),
    history: (id) => outcome(200, history(ctx(), entity, id)),
    readPast: (id) => {
      const at = now();
      return outcome(200, readRecordAt(ctx(), entity, id, at));
    },
    undo: (id, event) => outcome(200, undoChange(ctx(), entity, id, event)),
    update: (id, version, values) => outcome(200, updateRecords(ctx(), entity, [{ id, version, values }])),
    remove: (id) => outcome(200, removeRecords(ctx(), entity, [{ id }])),
    restore: (id) => outcome(200, restoreRecords(ctx(), entity, [id])),
    link: (id, link, to) => outcome(201, linkRecords(ctx(), entity, id, link, [{ to }])),
    unlink: (id, link, to) => outcome(200, unlinkRecords(ctx(), entity, id, link, [to])),
    list: (where, removed) => outcome(200, listRecords(ctx(), entity, { where, removed })),
    page: (where, after) =>
      outcome(200, listRecords(ctx(), entity, { where, limit: 1, ...(after ? { after } : {}) })),
    totals: (where) => outcome(200, totals(ctx(), entity, { where })),
    search: (text) => outcome(200, searchRecords(ctx(), text, { entities: [entity.name] })),
  };
}

function atRest(call: Caller['program'], { plural, name }: Entity): Knocks {
  const path = `/${plural}`;
  const query = (given: Record<string, string>): string => `?${new URLSearchParams(given).toString()}`;
  return {
    create: (values) => call('POST', path, values),
    read: (id) => call('GET', `${path}/${id}`),
    readRemoved: (id) => call('GET', `${path}/${id}?removed=1`),
    history: (id) => call('GET', `${path}/${id}/history`),
    readPast: (id) => call('GET', `${path}/${id}${query({ at: now() })}`),
    undo: (id, event) => call('POST', `${path}/${id}/history/${event}/undo`, {}),
    update: (id, version, values) => call('PATCH', `${path}/${id}`, { version, ...values }),
    remove: (id) => call('DELETE', `${path}/${id}`),
    restore: (id) => call('POST', `${path}/${id}/restore`),
    link: (id, link, to) => call('POST', `${path}/${id}/link`, { link, to }),
    unlink: (id, link, to) => call('POST', `${path}/${id}/unlink`, { link, to }),
    list: (where, removed) => call('GET', path + query({ where, ...(removed ? { removed: '1' } : {}) })),
    page: (where, after) => call('GET', path + query({ where, limit: '1', ...(after ? { after } : {}) })),
    totals: (where) => call('GET', `${path}/totals${query({ where })}`),
    search: (text) => call('GET', `/search${query({ q: text, entities: name })}`),
  };
}

const now = (): string => new Date().toISOString();

async function outcome(status: number, work: Promise<unknown>): Promise<Outcome> {
  try {
    return { status, body: await work };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { status: problemKinds[error.code].status, body: error.detail };
  }
}
