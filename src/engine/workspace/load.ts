import { sql } from 'kysely';
import type { BaseValue } from '../../model/base-list.ts';
import { entityOf, type Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import { readRights } from '../access/read-rights.ts';
import type { BaseValues, Db, NumberBlock, NumberSeries, Rights, Workspace } from '../ctx.ts';
import { readDeclarations } from '../declare/declarations.ts';
import { modelOf } from '../declare/full-model.ts';
import { type DuplicateRules, matchingWith, readDuplicateRules } from '../duplicates/stored-matching.ts';
import { readSeries } from '../numbers/read-series.ts';
import { valuesOf } from '../record/codec.ts';
import { readStoredRules, withStoredRules } from '../rules/stored-rules.ts';
import { type ReadMerged, readMerged } from './merged-ids.ts';
import { setupVersionSql } from './setup-version.ts';
import { schemaOf } from './workspace-name.ts';

/** Taken until somebody says which currency a workspace works in. */
const currencyUntilSet = 'EUR';

interface Snapshot {
  readonly model: Model;
  readonly isIndexWaiting: boolean;
  readonly baseValues: BaseValues;
  readonly rights: Rights;
  readonly series: ReadonlyMap<string, NumberSeries>;
  readonly duplicateRules: DuplicateRules;
  readonly merged: ReadMerged;
  readonly currency: string;
  readonly setupVersion: number;
}

/** A migrated workspace with its set-up as it is now; `refresh` reads it anew. */
export async function loadWorkspace(o: {
  readonly db: Db;
  readonly model: Model;
  readonly name: string;
  /** Called at each reading that finds an index, or entries of the search, waiting to be built. */
  readonly onWaiting?: () => void;
}): Promise<Workspace> {
  const schema = schemaOf(o.name);
  const read = (known: ReadMerged | null): Promise<Snapshot> => readSnapshot(o.db, schema, o.model, known);
  const blocks = new Map<string, NumberBlock>();
  let snapshot = await read(null);
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    snapshot = await read(snapshot.merged);
    if (snapshot.isIndexWaiting) o.onWaiting?.();
  };
  const start = (): Promise<void> => {
    running = run().finally(() => {
      running = null;
    });
    return running;
  };
  /** What is being read now may have begun before the caller's change, so the caller waits for the next reading. */
  const refresh = (): Promise<void> => {
    if (!running) return start();
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        return start();
      });
    return next;
  };
  return {
    name: o.name,
    schema,
    get model() {
      return snapshot.model;
    },
    declaredInCode: o.model,
    baseValues: {
      all: (list) => snapshot.baseValues.all(list),
      find: (list, code) => snapshot.baseValues.find(list, code),
    },
    get rights() {
      return snapshot.rights;
    },
    numbers: { find: (code) => snapshot.series.get(code) ?? null, pool: o.db, blocks },
    matchingOf: (entity) => matchingWith(snapshot.duplicateRules, entity),
    get mergedIds() {
      return snapshot.merged.ids;
    },
    get setupVersion() {
      return snapshot.setupVersion;
    },
    get currency() {
      return snapshot.currency;
    },
    refresh,
  };
}

async function readSnapshot(
  db: Db,
  schema: string,
  model: Model,
  merged: ReadMerged | null,
): Promise<Snapshot> {
  // Read first: what follows is as new or newer.
  const version = await sql<{ version: number }>`select ${setupVersionSql(schema)} as version`.execute(db);
  const entity = entityOf(model, 'base-value');
  const { rows } = await sql<Record<string, unknown>>`
    select * from ${sql.id(schema, entity.table)} where removed_at is null order by list, position, code`.execute(
    db,
  );
  const { rows: settings } = await sql<{ value: unknown }>`
    select value from ${sql.id(schema, 'setting')} where name = 'currency'`.execute(db);
  const currency = settings[0]?.value;
  const declared = await readDeclarations(db, schema);
  const whole = withStoredRules(schema, modelOf(schema, model, declared), await readStoredRules(db, schema));
  const values = baseValues(rows.map((row) => baseValueOf(entity, row)));
  return {
    model: whole,
    isIndexWaiting: declared.isWaiting || (await isSearchWaiting(db, schema)),
    baseValues: values,
    rights: await readRights(db, schema, { model: whole, baseValues: values }),
    series: await readSeries(db, schema, model),
    duplicateRules: await readDuplicateRules(db, schema),
    merged: await readMerged(db, schema, merged),
    setupVersion: version.rows[0]?.version ?? 0,
    currency: typeof currency === 'string' ? currency : currencyUntilSet,
  };
}

async function isSearchWaiting(db: Db, schema: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from ${sql.id(schema, 'search_build')} where state = 'waiting' limit 1`.execute(db);
  return rows.length > 0;
}

function baseValues(values: readonly BaseValue[]): BaseValues {
  const lists = Map.groupBy(values, (value) => value.list);
  const byCode = new Map(values.map((value) => [`${value.list}/${value.code}`, value]));
  return {
    all: (list) => lists.get(list) ?? [],
    find: (list, code) => byCode.get(`${list}/${code}`) ?? null,
  };
}

/** A label that was left empty reads as the English one. */
function baseValueOf(entity: Entity, row: Readonly<Record<string, unknown>>): BaseValue {
  const values = valuesOf(entity, row);
  const text = (name: string): string | null =>
    values[name] === null || values[name] === undefined ? null : String(values[name]);
  const english = text('labelEn') ?? text('code') ?? '';
  return {
    id: String(values.id),
    list: text('list') ?? '',
    code: text('code') ?? '',
    label: { en: english, fr: text('labelFr') ?? english, es: text('labelEs') ?? english },
    position: Number(values.position ?? 0),
    active: values.active === true,
    class: text('class'),
    probability: text('probability'),
    color: text('color'),
  };
}
