import type { Model } from '../../model/declarations.ts';
import type { Db } from '../ctx.ts';
import { fullModel } from '../declare/full-model.ts';
import { applyLater } from '../schema/apply-later.ts';
import { applyStructure } from '../schema/apply-structure.ts';
import { desiredTables } from '../schema/desired.ts';
import { withMigrationLock } from '../schema/migration-lock.ts';
import { MigrationRefused } from '../schema/migration-refused.ts';
import { ensurePartitions } from '../schema/partitions.ts';
import { planSchema } from '../schema/plan.ts';
import { fingerprint, readSchemaState, type SchemaState, writeSchemaState } from '../schema/schema-state.ts';
import type { Step } from '../schema/step.ts';
import type { WantedTable } from '../schema/wanted.ts';
import { isLater, productVersion } from './product-version.ts';
import { schemaOf } from './workspace-name.ts';
import { isWorkspaceThere } from './workspace-names.ts';

/** Which workspace of which database is to hold which declarations; what its administrators declared there is added. */
export interface MigrateOptions {
  readonly db: Db;
  readonly model: Model;
  readonly name: string;
  readonly log?: (line: string) => void;
  /** Also does what loses data: drops columns and tables that nothing declares any more. */
  readonly allowDestructive?: boolean;
  /** Never makes the workspace: where it was dropped meanwhile, it stays so, and `WorkspaceMissing` is thrown. */
  readonly isExpected?: boolean;
}

/** A workspace that was to be brought up isn’t there any more. */
export class WorkspaceMissing extends Error {}

/** What a migration did, and what it left for a person to decide, as sentences. */
export interface Migrated {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

/** More rounds than any plan needs: structure first, then what can only be seen once that is there. */
const rounds = 4;

/**
 * Brings a workspace's schema up to its declarations, making it when it isn't there. Safe to run from several
 * processes at once. Throws `MigrationRefused`, having changed nothing, when a person has to decide first; only
 * that records share a value which must be unique is found out later, and stays so until they are changed.
 */
export async function migrateWorkspace(o: MigrateOptions): Promise<Migrated> {
  const schema = schemaOf(o.name);
  const log = o.log ?? (() => {});
  const goalNow = async (db: Db): Promise<Goal> => goalOf(await fullModel(db, schema, o.model));
  const isCurrent = (state: SchemaState | null, goal: Goal): boolean =>
    state?.isWhole === true &&
    state.fingerprint === goal.fingerprint &&
    state.productVersion === productVersion &&
    o.allowDestructive !== true;
  const goal = await goalNow(o.db);
  if (isCurrent(await readSchemaState(o.db, schema, goal.wanted), goal)) {
    await ensurePartitions(o.db, schema, new Date());
    return { applied: [], pending: [] };
  }
  return withMigrationLock(o.db, schema, log, async (connection) => {
    const applied: string[] = [];
    if (o.isExpected && !(await isWorkspaceThere(connection, o.name)))
      throw new WorkspaceMissing(`there is no workspace ${o.name} any more`);
    for (;;) {
      const goal = await goalNow(connection);
      const state = await readSchemaState(connection, schema, goal.wanted);
      if (isCurrent(state, goal)) return { applied, pending: [] };
      refuseDowngrade(schema, state, goal.fingerprint);
      const done = await reach(connection, schema, goal.wanted, { ...o, log });
      applied.push(...done.applied);
      await ensurePartitions(connection, schema, new Date());
      // Somebody may have declared something meanwhile.
      if ((await goalNow(connection)).fingerprint !== goal.fingerprint) continue;
      await writeSchemaState(connection, schema, goal, goal.wanted);
      return { applied, pending: done.pending };
    }
  });
}

/** What `migrateWorkspace` would do and what it would leave, without doing it. */
export async function planWorkspace(
  o: Omit<MigrateOptions, 'log' | 'allowDestructive'>,
): Promise<readonly Step[]> {
  const schema = schemaOf(o.name);
  return planSchema(o.db, schema, goalOf(await fullModel(o.db, schema, o.model)).wanted);
}

/** True when the workspace holds exactly these declarations: it may be served, while indexes are built perhaps. */
export async function isMigrated(o: Omit<MigrateOptions, 'log' | 'allowDestructive'>): Promise<boolean> {
  const schema = schemaOf(o.name);
  const goal = goalOf(await fullModel(o.db, schema, o.model));
  const state = await readSchemaState(o.db, schema, goal.wanted);
  return state?.isPresent === true && state.fingerprint === goal.fingerprint;
}

interface Goal {
  readonly wanted: readonly WantedTable[];
  readonly fingerprint: string;
  readonly productVersion: string;
}

const goals = new WeakMap<Model, Goal>();

/** Where a model leads, worked out once: readiness is asked often. */
function goalOf(model: Model): Goal {
  let goal = goals.get(model);
  if (!goal) {
    const wanted = desiredTables(model);
    goal = { wanted, fingerprint: fingerprint(wanted), productVersion };
    goals.set(model, goal);
  }
  return goal;
}

async function reach(
  db: Db,
  schema: string,
  wanted: readonly WantedTable[],
  o: { readonly log: (line: string) => void; readonly allowDestructive?: boolean },
): Promise<Migrated> {
  const applied: string[] = [];
  const tried = new Set<string>();
  const isAllowed = (step: Step): boolean => !step.destructive || o.allowDestructive === true;
  const isImpossible = ({ patient, name }: Step): boolean => patient && name !== null && tried.has(name);
  for (let round = 1; ; round += 1) {
    const steps = await planSchema(db, schema, wanted);
    const reasons = steps.flatMap((step) =>
      step.refusal === null || (step.destructive && isAllowed(step)) ? [] : [step.refusal],
    );
    if (reasons.length > 0) throw new MigrationRefused(schema, reasons);
    const todo = steps.filter((step) => isAllowed(step) && !isImpossible(step));
    const pending = steps.filter((step) => !isAllowed(step) || isImpossible(step)).map((step) => step.about);
    if (todo.length === 0) return { applied, pending };
    if (round === rounds) {
      throw new Error(
        `the migration of ${schema} comes to no end: ${todo.map((step) => step.sql).join('; ')}`,
      );
    }
    await applyStructure(
      db,
      todo.filter((step) => step.transactional),
      o.log,
    );
    await applyLater(
      db,
      schema,
      todo.filter((step) => !step.transactional),
      o.log,
    );
    for (const { kind, name } of todo) if (kind === 'create-index' && name !== null) tried.add(name);
    applied.push(...todo.map((step) => step.about));
  }
}

/** An older program must not work on what a newer one has arranged. */
function refuseDowngrade(schema: string, state: SchemaState | null, goal: string): void {
  if (!state || state.fingerprint === goal || !isLater(state.productVersion, productVersion)) return;
  throw new MigrationRefused(schema, [
    `It was last migrated by version ${state.productVersion}, and this is version ${productVersion}: start that version or a later one.`,
  ]);
}
