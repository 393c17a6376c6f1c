import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import type { Draft } from '../record/draft.ts';
import { desiredTables } from '../schema/desired.ts';
import { planTables } from '../schema/plan.ts';
import { fingerprint } from '../schema/schema-state.ts';
import type { Step } from '../schema/step.ts';
import { noteOutdated } from '../search/search-builds.ts';
import { runBriefly } from './brief-ddl.ts';
import {
  type Declaration,
  type Declarations,
  declarationOf,
  declares,
  readDeclarations,
} from './declarations.ts';
import { extendModel } from './extend-model.ts';

const valuesUsed = message(
  'custom-values-used',
  'Records hold values that would no longer be there: keep their codes, or change those records first.',
  'Des fiches ont des valeurs qui disparaîtraient : gardez leurs codes, ou modifiez d’abord ces fiches.',
  'Hay registros con valores que desaparecerían: conserve sus códigos o cambie antes esos registros.',
);
const notAlike = message(
  'custom-storage',
  'Values are kept already, and they can’t become this: {reason}',
  'Des valeurs sont déjà enregistrées et ne peuvent pas le devenir : {reason}',
  'Ya hay valores guardados que no pueden convertirse en esto: {reason}',
);

/** Labels from which names follow. */
const unnamed = ['labelEn', 'oneEn', 'manyEn', 'backLabelEn'];

/**
 * Adds to drafts of declarations what is wrong with them beside everything else that is declared. Whoever declares
 * waits for others who do, until their transactions end.
 */
export async function checkDeclarations(ctx: Ctx, drafts: readonly Draft[], entity: Entity): Promise<void> {
  if (drafts.length === 0) return;
  const { schema, declaredInCode } = ctx.workspace;
  await oneAtATime(ctx);
  const declared = withDrafts(await readDeclarations(ctx.db, schema), entity, drafts);
  const { mistakes } = extendModel(declaredInCode, declared);
  for (const draft of drafts) {
    // What is told already isn't told again, nor that a name can't follow from a label that is missing.
    const told = new Set(draft.mistakes.map(({ field }) => field.split('.')[0]));
    if (unnamed.some((field) => told.has(field)))
      for (const name of ['name', 'plural', 'backName']) told.add(name);
    draft.mistakes.push(
      ...(mistakes.get(draft.id) ?? []).filter(({ field }) => !told.has(field.split('.')[0])),
    );
  }
}

/**
 * Brings the tables to what is declared now, in the transaction that declared it: columns and tables come at once;
 * what takes long on a large table (an index, words for the search) is noted and left to a builder.
 */
export async function applyDeclarations(ctx: Ctx, entity: Entity): Promise<void> {
  if (!declares(entity)) return;
  const { schema, declaredInCode } = ctx.workspace;
  await oneAtATime(ctx);
  const { model } = extendModel(declaredInCode, await readDeclarations(ctx.db, schema));
  const wanted = desiredTables(model);
  const former = new Map(
    desiredTables(ctx.workspace.model).map((table) => [table.name, JSON.stringify(table)]),
  );
  const touched = wanted.filter((table) => JSON.stringify(table) !== former.get(table.name));
  const steps = (await planTables(ctx.db, schema, touched)).filter(
    ({ destructive, refusal }) => !destructive || refusal,
  );
  refuseImpossible(steps);
  await noteBuilds(ctx, steps);
  // Records that were there before are found by what the search looks at now once their entries are built anew.
  await noteOutdated(ctx, model);
  await sql`update ${sql.id(schema, 'schema_state')} set fingerprint = ${fingerprint(wanted)}, applied_at = now()`.execute(
    ctx.db,
  );
  // Last: from here to the end of the transaction nobody else uses the tables.
  await runBriefly(
    ctx.db,
    steps.filter(({ transactional }) => transactional).map((step) => step.sql),
  );
}

/** Lets whoever declares something wait for others who do, until their transactions end. */
export async function oneAtATime(ctx: Ctx): Promise<void> {
  const key = `rapport declares ${ctx.workspace.schema}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(ctx.db);
}

/** The declarations as they will be once the drafts are written. */
function withDrafts(declared: Declarations, entity: Entity, drafts: readonly Draft[]): Declarations {
  const drafted = new Map(drafts.map((draft) => [draft.id, declarationOf({ ...draft.after, id: draft.id })]));
  const merged = (kind: readonly Declaration[], name: string): readonly Declaration[] =>
    entity.name === name
      ? [...kind.filter(({ id }) => !drafted.has(id)), ...drafted.values()].sort(byPlace)
      : kind;
  return {
    ...declared,
    entities: merged(declared.entities, 'custom-entity'),
    fields: merged(declared.fields, 'custom-field'),
    relations: merged(declared.relations, 'custom-relation'),
  };
}

const byPlace = (one: Declaration, other: Declaration): number =>
  Number(one.values.position ?? 0) - Number(other.values.position ?? 0) || (one.id < other.id ? -1 : 1);

/** What would lose values, or hold them to what they don't meet. */
function refuseImpossible(steps: readonly Step[]): void {
  const refused = steps.filter(({ refusal }) => refusal !== null);
  if (refused.length === 0) return;
  throw new Problem('invalid', {
    mistakes: refused.map(({ kind, refusal }) =>
      kind === 'add-check'
        ? { field: 'options.values', message: valuesUsed }
        : { field: 'options', message: notAlike, params: { reason: refusal ?? '' } },
    ),
  });
}

/** Whatever isn't done in the transaction: indexes to build and to drop, checks of the rows that are there. */
async function noteBuilds(ctx: Ctx, steps: readonly Step[]): Promise<void> {
  for (const { name, about, sql: statement, transactional } of steps)
    if (!transactional) await note(ctx, name ?? about, statement);
}

const note = (ctx: Ctx, name: string, statement: string): Promise<unknown> =>
  sql`insert into ${sql.id(ctx.workspace.schema, 'index_step')} (name, statement, state, at)
    values (${name}, ${statement}, 'waiting', now())
    on conflict (name) do update set statement = excluded.statement, state = 'waiting', error = null, at = now()`.execute(
    ctx.db,
  );
