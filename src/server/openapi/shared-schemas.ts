import { accessSchemas } from './access-schemas.ts';
import { type Json, list, object, orNull, ref } from './schema-parts.ts';

const text: Json = { type: 'string' };
const moment: Json = { type: 'string', format: 'date-time' };
const id: Json = { type: 'string', format: 'uuid' };
/** From and to, in UTF-16 units. */
const mark: Json = { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 };
const named: Json = object({ id, label: { type: ['string', 'null'] } }, ['id', 'label']);

/** Schemas that every workspace's document has. */
export const sharedSchemas: Json = {
  Can: {
    ...object(
      {
        update: { type: 'boolean' },
        remove: { type: 'boolean' },
        verbs: { ...list(text), description: 'What can be done to it now: POST …/{id}/{verb}' },
      },
      ['update', 'remove'],
    ),
    readOnly: true,
  },
  Reference: named,
  Mistake: object({ field: text, code: text, message: text, value: {} }, ['field', 'code', 'message']),
  Problem: {
    ...object(
      {
        type: { type: 'string', format: 'uri-reference' },
        title: text,
        status: { type: 'integer' },
        code: { ...text, description: 'Stable: programs may rely on it.' },
        detail: text,
        mistakes: list(ref('Mistake')),
      },
      ['type', 'title', 'status', 'code'],
    ),
    description: 'RFC 9457. Texts are in the language of the user, else of Accept-Language.',
    examples: [
      {
        type: '/problems/invalid',
        title: 'Some values need correcting',
        status: 422,
        code: 'invalid',
        mistakes: [{ field: 'name', code: 'required', message: 'Name is missing: fill it in.' }],
      },
    ],
  },
  NextNumber: object(
    {
      id,
      entity: text,
      field: text,
      next: text,
      given: { type: 'integer' },
      restart: { enum: ['never', 'year', 'month'] },
      gapFree: { type: 'boolean' },
    },
    ['id', 'entity', 'field', 'next', 'given', 'restart', 'gapFree'],
  ),
  HistoryEntry: object(
    {
      id,
      at: moment,
      actor: orNull(ref('Reference')),
      door: text,
      batch: orNull(id),
      verb: { enum: ['create', 'update', 'remove', 'restore', 'erase'] },
      version: { type: 'integer' },
      changes: list(
        object({ field: text, label: text, before: {}, after: {} }, ['field', 'label', 'before', 'after']),
      ),
      merged: orNull(
        object(
          {
            into: orNull(ref('Reference')),
            from: list(ref('Reference')),
            isUndone: { type: 'boolean' },
          },
          ['into', 'from', 'isUndone'],
        ),
      ),
    },
    ['id', 'at', 'actor', 'door', 'batch', 'verb', 'version', 'changes', 'merged'],
  ),
  NamedBy: object({ entity: text, id, by: text, field: text, count: { type: 'integer' } }, [
    'entity',
    'id',
    'by',
    'field',
    'count',
  ]),
  BatchUndo: object({
    batch: id,
    records: { type: 'integer' },
    removed: { type: 'integer' },
    restored: { type: 'integer' },
    updated: { type: 'integer' },
    undone: list(object({ entity: text, id, label: { type: ['string', 'null'] }, verb: text })),
    refused: { type: 'integer' },
    inTheWay: list(object({ entity: text, id, label: { type: ['string', 'null'] }, reasons: list(text) })),
    stillNamed: list(ref('NamedBy')),
    isLarge: {
      type: 'boolean',
      description: 'Undone as a bulk run: only the number of its records is told beforehand.',
    },
  }),
  Erased: object({
    record: orNull({ type: 'object' }),
    fields: list(text),
    events: { type: 'integer' },
    files: list(text),
    mentions: list(
      object({ entity: text, id, label: { type: ['string', 'null'] }, field: text, where: text }),
    ),
    complete: { type: 'boolean', description: 'False when there are more mentions than these.' },
  }),
  HistoryPage: page(ref('HistoryEntry')),
  ...accessSchemas,
  Judgement: object(
    {
      fields: {
        type: 'object',
        additionalProperties: object(
          { shown: { type: 'boolean' }, required: { type: 'boolean' }, readOnly: { type: 'boolean' } },
          ['shown', 'required', 'readOnly'],
        ),
      },
      wrong: list(object({ name: text, field: text, message: text }, ['name', 'field', 'message'])),
    },
    ['fields', 'wrong'],
  ),
  WrongRecords: object(
    {
      count: { type: ['integer', 'null'], description: 'Null when there are more than are counted.' },
      bound: { type: 'integer' },
      examples: list(named),
    },
    ['count', 'bound', 'examples'],
  ),
  ExaminedExpression: object(
    {
      mistakes: list(
        object(
          {
            from: { type: 'integer' },
            to: { type: 'integer' },
            line: { type: 'integer' },
            column: { type: 'integer' },
            code: text,
            message: text,
            suggestions: list(text),
          },
          ['from', 'to', 'line', 'column', 'code', 'message', 'suggestions'],
        ),
      ),
      formatted: {
        type: ['string', 'null'],
        description: 'In its tidy form; null while there are mistakes.',
      },
      tree: { type: ['object', 'null'], description: 'As nested rows: `join`, `not` and `of`.' },
    },
    ['mistakes', 'formatted', 'tree'],
  ),
  Completion: object(
    {
      from: { type: 'integer' },
      to: { type: 'integer' },
      options: list(
        object(
          {
            label: text,
            detail: text,
            kind: { enum: ['field', 'relation', 'function', 'operator', 'value', 'word'] },
            apply: text,
          },
          ['label', 'detail', 'kind', 'apply'],
        ),
      ),
    },
    ['from', 'to', 'options'],
  ),
  Totals: object(
    {
      groups: list(
        object({
          key: { type: ['string', 'null'] },
          label: { type: ['string', 'null'] },
          count: { type: 'integer' },
          sums: {
            type: 'object',
            additionalProperties: list(
              object({ currency: { type: ['string', 'null'] }, sum: text }, ['currency', 'sum']),
            ),
          },
        }),
      ),
      complete: { type: 'boolean', description: 'False when there are more records than were counted.' },
    },
    ['groups', 'complete'],
  ),
  SearchResult: object(
    {
      groups: list(
        object(
          {
            entity: text,
            items: list(ref('FoundRecord')),
            more: { type: 'boolean', description: 'There are more than were asked for.' },
          },
          ['entity', 'items', 'more'],
        ),
      ),
      meant: {
        type: ['string', 'null'],
        description: 'What may have been meant, when nothing was found by what was typed.',
      },
    },
    ['groups', 'meant'],
  ),
  FoundRecord: object(
    {
      id,
      title: text,
      detail: { type: ['string', 'null'] },
      near: { type: 'boolean', description: 'Found although something was mistyped.' },
      marks: { ...list(mark), description: 'The places in the title.' },
      match: {
        ...orNull(object({ field: text, text, marks: list(mark) }, ['field', 'text', 'marks'])),
        description: 'Where it was found besides, when the title doesn’t tell all of it.',
      },
    },
    ['id', 'title', 'detail', 'near', 'marks', 'match'],
  ),
  SearchBuilds: object(
    {
      items: list(
        object(
          {
            entity: text,
            state: { enum: ['waiting', 'building', 'done'] },
            done: { type: 'integer' },
            total: { type: ['integer', 'null'] },
            at: moment,
          },
          ['entity', 'state', 'done', 'total', 'at'],
        ),
      ),
    },
    ['items'],
  ),
  Me: object({
    user: object({
      id,
      name: text,
      email: text,
      locale: text,
      timeZone: text,
      theme: text,
      roles: list(text),
      special: list(text),
      teams: list(ref('Reference')),
    }),
    workspace: object({ name: text, company: { type: ['string', 'null'] }, currency: text }),
    version: text,
  }),
  MePatch: {
    ...object({
      name: { type: 'string', maxLength: 120 },
      locale: { enum: ['en', 'fr', 'es'] },
      timeZone: { type: 'string', description: 'IANA name, Europe/Paris' },
      theme: { enum: ['auto', 'light', 'dark'] },
    }),
    additionalProperties: false,
  },
  ApiKey: object({
    id,
    name: text,
    prefix: text,
    user: ref('Reference'),
    createdAt: moment,
    expiresAt: orNull(moment),
    lastUsedAt: orNull(moment),
  }),
  ApiKeyPage: page(ref('ApiKey')),
};

/** The schema of a page of these. */
export function page(items: Json): Json {
  return object(
    {
      items: list(items),
      next: {
        type: ['string', 'null'],
        description: 'Give it as “after” for the next page; null at the end.',
      },
      total: {
        type: ['integer', 'null'],
        description: 'Exact up to 10,000; beyond that null, unless count=exact.',
      },
    },
    ['items', 'next', 'total'],
  );
}
