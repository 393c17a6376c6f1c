import { wantedColumn } from './column-type.ts';
import { index } from './object-name.ts';
import type { WantedIndex, WantedTable } from './wanted.ts';

/** Declares a table as lines of `name type`, the primary key's columns not null by themselves. */
function table(
  name: string,
  columns: Readonly<Record<string, string>>,
  primaryKey: readonly string[],
  o: { indexes?: readonly WantedIndex[]; partitionBy?: string } = {},
): WantedTable {
  return {
    name,
    columns: Object.entries(columns).map(([column, type]) =>
      wantedColumn(column, primaryKey.includes(column) ? `${type} not null` : type),
    ),
    primaryKey,
    checks: [],
    indexes: o.indexes ?? [],
    partitionBy: o.partitionBy ?? null,
  };
}

const event = table(
  'event',
  {
    id: 'uuid',
    at: 'timestamptz',
    actor: 'uuid',
    door: 'text not null',
    batch: 'uuid',
    entity: 'text not null',
    record: 'uuid not null',
    verb: 'text not null',
    version: 'integer not null',
    changes: 'jsonb not null',
  },
  ['id', 'at'],
  {
    partitionBy: 'at',
    indexes: [
      // Read backwards: the newest event of a record first.
      index('event', ['entity', 'record', 'at', 'id']),
      // In its order, so that an undo of any size goes backwards through it piece by piece.
      index('event', ['batch', 'at', 'id'], { where: '"batch" is not null' }),
    ],
  },
);

const people: readonly WantedTable[] = [
  table('password', { user_id: 'uuid', hash: 'text not null', changed_at: 'timestamptz not null' }, [
    'user_id',
  ]),
  table(
    'session',
    {
      token_hash: 'bytea',
      id: 'uuid not null',
      user_id: 'uuid not null',
      created_at: 'timestamptz not null',
      expires_at: 'timestamptz not null',
      last_seen_at: 'timestamptz not null',
      user_agent: 'text',
      ip: 'text',
    },
    ['token_hash'],
    { indexes: [index('session', ['id'], { unique: true }), index('session', ['user_id'])] },
  ),
  table(
    'api_key',
    {
      id: 'uuid',
      user_id: 'uuid not null',
      name: 'text not null',
      token_hash: 'bytea not null',
      prefix: 'text not null',
      created_at: 'timestamptz not null',
      created_by: 'uuid',
      expires_at: 'timestamptz',
      last_used_at: 'timestamptz',
      revoked_at: 'timestamptz',
    },
    ['id'],
    { indexes: [index('api_key', ['token_hash'], { unique: true }), index('api_key', ['user_id'])] },
  ),
  table(
    'sign_in_attempt',
    {
      key: 'text',
      failures: 'integer not null',
      first_at: 'timestamptz not null',
      blocked_until: 'timestamptz',
    },
    ['key'],
  ),
];

const imports: readonly WantedTable[] = [
  table('import_piece', { file: 'uuid', n: 'integer', bytes: 'bytea not null' }, ['file', 'n']),
  table(
    'import_file',
    {
      id: 'uuid',
      name: 'text not null',
      // Of files that were kept whole, before they were kept in pieces.
      bytes: 'bytea',
      size: 'bigint not null',
      analysis: 'jsonb',
      values: 'jsonb',
      created_at: 'timestamptz not null',
      created_by: 'uuid',
    },
    ['id'],
  ),
  // Rows that wait for records which may come later in the run.
  table(
    'import_aside',
    {
      batch: 'uuid',
      row: 'integer',
      line: 'integer not null',
      cells: 'jsonb not null',
      name: 'text',
      missing: 'jsonb not null',
      record: 'uuid',
    },
    ['batch', 'row'],
    { indexes: [index('import_aside', ['batch', 'name'])] },
  ),
  table(
    'import_row',
    {
      batch: 'uuid',
      row: 'integer',
      line: 'integer',
      outcome: 'text not null',
      record: 'uuid',
      entity: 'text',
      mistakes: 'jsonb',
      cells: 'jsonb',
      new_key: 'text',
    },
    ['batch', 'row'],
    { indexes: [index('import_row', ['batch', 'outcome', 'row'])] },
  ),
];

const records: readonly WantedTable[] = [
  event,
  // Without a primary key: the keys of removed records stay, to be taken up again when the record is restored.
  table(
    'external_key',
    {
      entity: 'text not null',
      source: 'text not null',
      key: 'text collate "C" not null',
      record: 'uuid not null',
      removed_at: 'timestamptz',
    },
    [],
    {
      indexes: [
        index('external_key', ['entity', 'source', 'key'], { unique: true, where: '"removed_at" is null' }),
        index('external_key', ['record']),
      ],
    },
  ),
  // Records that went into another one by a merge; the log has the same, this answers for their ids.
  table(
    'merged_record',
    {
      entity: 'text',
      record: 'uuid',
      into_record: 'uuid not null',
      batch: 'uuid',
      at: 'timestamptz not null',
      // The external keys that went along.
      keys: 'jsonb not null',
    },
    ['entity', 'record'],
    { indexes: [index('merged_record', ['into_record'])] },
  ),
  // The outbox: what subscribers are still to be told; a row goes in the transaction of its effect.
  table(
    'delivery',
    {
      subscriber: 'text',
      event: 'uuid',
      at: 'timestamptz not null',
      entity: 'text not null',
      record: 'uuid not null',
      version: 'integer not null',
      attempts: 'integer not null default 0',
      due_at: 'timestamptz',
      parked_at: 'timestamptz',
      error: 'text',
    },
    ['subscriber', 'event'],
    { indexes: [index('delivery', ['subscriber', 'entity', 'record', 'version'])] },
  ),
  table(
    'search_entry',
    { entity: 'text', record: 'uuid', words: 'tsvector not null', title: 'text' },
    ['entity', 'record'],
    { indexes: [index('search_entry', ['words'], { method: 'gin' })] },
  ),
  // The words that records have, to find those meant by mistyped ones; `made` lets two writers add the same one.
  table(
    'search_word',
    { word: 'text collate "C"', made: 'bigint', near: 'text[] not null' },
    ['word', 'made'],
    {
      indexes: [index('search_word', ['near'], { method: 'gin' })],
    },
  ),
  // Which entries are made of what: `looks_at` of an entity that looks at something else by now is built anew.
  table(
    'search_build',
    {
      entity: 'text',
      looks_at: 'text not null',
      state: 'text not null',
      done: 'integer not null',
      total: 'integer',
      place: 'uuid',
      at: 'timestamptz not null',
    },
    ['entity'],
  ),
];

const numbers: readonly WantedTable[] = [
  // The highest number given; a row per series and period, so that counting is no event.
  table('number_counter', { series: 'text', period: 'text', given: 'bigint not null' }, ['series', 'period']),
];

const bulk: readonly WantedTable[] = [
  table(
    'bulk_run',
    {
      id: 'uuid',
      entity: 'text not null',
      verb: 'text not null',
      state: 'text not null',
      plan: 'jsonb not null',
      total: 'integer',
      position: 'integer not null',
      changed: 'integer not null',
      unchanged: 'integer not null',
      refused: 'integer not null',
      left_alone: 'integer not null',
      asker: 'uuid',
      stopped: 'jsonb',
      undo: 'jsonb',
      place: 'jsonb',
      created_at: 'timestamptz not null',
      created_by: 'uuid',
      finished_at: 'timestamptz',
    },
    ['id'],
    { indexes: [index('bulk_run', ['created_by', 'id'])] },
  ),
  // The records of a run, in the order they are treated; without an outcome until their turn comes. An undo names the
  // entity of each.
  table(
    'bulk_row',
    {
      run: 'uuid',
      place: 'integer',
      entity: 'text',
      record: 'uuid not null',
      outcome: 'text',
      mistakes: 'jsonb',
    },
    ['run', 'place'],
    { indexes: [index('bulk_row', ['run', 'outcome', 'place']), index('bulk_row', ['record'])] },
  ),
];

const duplicates: readonly WantedTable[] = [
  // Two records that may be the same, the older one in `a`; what they have in common stands in the records alone.
  table(
    'duplicate_pair',
    {
      entity: 'text',
      a: 'uuid',
      b: 'uuid',
      score: 'integer not null',
      points: 'jsonb not null',
      state: 'text not null',
      decided_by: 'uuid',
      decided_at: 'timestamptz',
      at: 'timestamptz not null',
    },
    ['entity', 'a', 'b'],
    {
      indexes: [
        index('duplicate_pair', ['entity', 'state', 'score', 'a', 'b']),
        index('duplicate_pair', ['entity', 'b']),
      ],
    },
  ),
  table(
    'duplicate_scan',
    {
      entity: 'text',
      state: 'text not null',
      done: 'integer not null',
      total: 'integer',
      place: 'uuid',
      started_at: 'timestamptz not null',
      finished_at: 'timestamptz',
      stopped: 'jsonb',
      looks_at: 'text',
      seen_to: 'timestamptz',
    },
    ['entity'],
  ),
];

const requests: readonly WantedTable[] = [
  table(
    'kept_answer',
    {
      user_id: 'uuid',
      key: 'text collate "C"',
      request: 'bytea not null',
      status: 'integer not null',
      location: 'text',
      body: 'text',
      at: 'timestamptz not null',
    },
    ['user_id', 'key'],
    { indexes: [index('kept_answer', ['at'])] },
  ),
];

const upkeep: readonly WantedTable[] = [
  table('setting', { name: 'text', value: 'jsonb' }, ['name']),
  table(
    'index_step',
    {
      name: 'text',
      statement: 'text not null',
      state: 'text not null',
      error: 'text',
      at: 'timestamptz not null',
    },
    ['name'],
  ),
  table(
    'schema_state',
    {
      id: 'integer',
      fingerprint: 'text not null',
      applied_at: 'timestamptz not null',
      product_version: 'text not null',
    },
    ['id'],
  ),
];

/** The tables of the engine itself in each workspace, beside those of the entities. */
export const engineTables: readonly WantedTable[] = [
  ...records,
  ...people,
  ...imports,
  ...numbers,
  ...bulk,
  ...duplicates,
  ...requests,
  ...upkeep,
];
