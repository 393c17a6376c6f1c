import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { declaredSeries } from '../../fields/serial/serial.ts';
import { administrator, everyRole } from '../../model/access.ts';
import type { BaseList } from '../../model/base-list.ts';
import { entityOf, type Model } from '../../model/declarations.ts';
import { type Ctx, type Db, systemWho } from '../ctx.ts';
import { numberExisting } from '../numbers/number-existing.ts';
import { allSerialPlaces } from '../numbers/series.ts';
import { createRecords } from '../record/verbs.ts';
import { loadWorkspace } from './load.ts';
import { productVersion } from './product-version.ts';
import { schemaOf } from './workspace-name.ts';

/**
 * Gives a migrated workspace what it starts with: a role for each that access rules speak of, and the declared values
 * of each list that never had any, a series for each automatic number, and numbers for records that have none. What somebody removed isn't made again.
 */
export async function seedWorkspace(o: {
  readonly db: Db;
  readonly model: Model;
  readonly name: string;
  readonly now?: Date;
  readonly log?: (line: string) => void;
}): Promise<void> {
  const mark = markOf(o.model);
  if (await isSeeded(o.db, schemaOf(o.name), mark)) return;
  const workspace = await loadWorkspace(o);
  const systemCtx: Omit<Ctx, 'db'> = {
    who: systemWho,
    workspace,
    locale: 'en',
    timeZone: 'UTC',
    now: o.now ?? new Date(),
    door: 'system',
    batch: null,
  };
  await o.db.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`rapport seeds ${workspace.schema}`}, 0))`.execute(
      db,
    );
    const ctx: Ctx = { ...systemCtx, db };
    await seedRoles(ctx);
    await seedLists(ctx);
    await seedSeries(ctx);
  });
  await numberExisting({ ...systemCtx, db: o.db }, o.log);
  await sql`insert into ${sql.id(workspace.schema, 'setting')} (name, value)
    values (${setting}, ${JSON.stringify(mark)}::jsonb)
    on conflict (name) do update set value = excluded.value`.execute(o.db);
}

const setting = 'seeded-with';

/** What the declarations of code give a workspace to start with, as a hash: a workspace seeded with it has nothing to get. */
const markOf = (model: Model): string =>
  hash(
    'sha256',
    JSON.stringify([
      productVersion,
      [...model.entities.values()].map(({ access }) => Object.keys(access)),
      [...model.lists.keys()],
      allSerialPlaces(model).map(({ series }) => series),
    ]),
  );

async function isSeeded(db: Db, schema: string, mark: string): Promise<boolean> {
  const { rows } = await sql<{ value: unknown }>`
    select value from ${sql.id(schema, 'setting')} where name = ${setting}`.execute(db);
  return rows[0]?.value === mark;
}

async function seedRoles(ctx: Ctx): Promise<void> {
  const { model, schema } = ctx.workspace;
  const role = entityOf(model, 'role');
  const named = [...model.entities.values()]
    .flatMap((entity) => Object.keys(entity.access))
    .filter((code) => code !== everyRole);
  const { rows } = await sql<{ code: string }>`select code from ${sql.id(schema, role.table)}`.execute(
    ctx.db,
  );
  const present = new Set(rows.map((row) => row.code));
  const missing = [...new Set([administrator, ...named])].filter((code) => !present.has(code));
  if (missing.length > 0)
    await createRecords(
      ctx,
      role,
      missing.map((code) => ({ code, name: nameOf(code) })),
    );
}

async function seedLists(ctx: Ctx): Promise<void> {
  const { model, schema } = ctx.workspace;
  const baseValue = entityOf(model, 'base-value');
  const { rows } = await sql<{
    list: string;
  }>`select distinct list from ${sql.id(schema, baseValue.table)}`.execute(ctx.db);
  const present = new Set(rows.map((row) => row.list));
  const inputs = [...model.lists.values()].filter((list) => !present.has(list.name)).flatMap(inputsOf);
  if (inputs.length > 0) await createRecords(ctx, baseValue, inputs);
}

async function seedSeries(ctx: Ctx): Promise<void> {
  const { model, schema } = ctx.workspace;
  const series = entityOf(model, 'number-series');
  const { rows } = await sql<{ code: string }>`select code from ${sql.id(schema, series.table)}`.execute(
    ctx.db,
  );
  const present = new Set(rows.map((row) => row.code));
  const missing = allSerialPlaces(model).filter((place) => !present.has(place.series));
  if (missing.length > 0)
    await createRecords(
      ctx,
      series,
      missing.map(({ series: code, field }) => ({ code, ...declaredSeries(field) })),
    );
}

const inputsOf = (list: BaseList) =>
  list.values.map((value, position) => ({
    list: list.name,
    code: value.code,
    labelEn: value.label.en,
    labelFr: value.label.fr,
    labelEs: value.label.es,
    position: (position + 1) * 10,
    active: true,
    class: value.class ?? null,
    probability: value.probability ?? null,
    color: value.color ?? null,
  }));

/** `regional-sales` → `Regional sales`, until an administrator calls it otherwise. */
const nameOf = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');
