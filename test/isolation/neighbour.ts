import { sql } from 'kysely';
import { type Ctx, systemWho, type Workspace } from '../../src/engine/ctx.ts';
import { openImport } from '../../src/engine/import/open.ts';
import { createRecords } from '../../src/engine/record/verbs.ts';
import { prepareWorkspace } from '../../src/engine/workspace/prepare.ts';
import { entityOf } from '../../src/model/declarations.ts';
import type { Entity } from '../../src/model/entity.ts';
import { setUpUnattended } from '../../src/server/auth/set-up.ts';
import { exampleInput, exampleOf } from '../access/stage.ts';
import { type Caller, callerIn, type TestDoors, testPassword } from '../harness/doors.ts';

/** A further workspace on the installation of a test, with something of everything in it. */
export interface Neighbour {
  readonly workspace: Workspace;
  readonly admin: Caller;
  /** A record of each entity, by the entity's name. */
  readonly records: ReadonlyMap<string, string>;
  /** Every id that any of its tables holds, by table and column. */
  ids(): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Makes the workspace and fills it. */
export async function openNeighbour(doors: TestDoors, name: string): Promise<Neighbour> {
  const { db } = doors;
  await prepareWorkspace({ db, model: doors.workspace.declaredInCode, name });
  const workspace = await doors.services.workspaces.find(name);
  if (!workspace) throw new Error(`the workspace ${name} isn’t there`);
  const email = `boss@${name}.example`;
  const id = await setUpUnattended(
    { db, workspace },
    {
      name: `Boss of ${name}`,
      email,
      password: testPassword,
      company: `Company of ${name}`,
      locale: 'en',
      timeZone: 'UTC',
      currency: 'EUR',
    },
  );
  const admin = await callerIn({ call: doors.call, db, workspace }, id ?? '', email);
  const records = await fill(db, workspace);
  await beginWork(db, workspace, admin);
  return { workspace, admin, records, ids: () => idsIn(db, workspace) };
}

/** The system in a workspace. */
export const systemIn = (db: Ctx['db'], workspace: Workspace): Ctx => ({
  who: systemWho,
  workspace,
  locale: 'en',
  timeZone: 'UTC',
  now: new Date(),
  db,
  door: 'system',
  batch: null,
});

/** Makes a record of every entity; answers their ids by the entity's name. */
export async function fill(db: Ctx['db'], workspace: Workspace): Promise<ReadonlyMap<string, string>> {
  // The examples of these speak of the probes.
  const speaking = ['custom-field', 'custom-relation', 'validation-rule'];
  const hasProbes = workspace.model.entities.has('probe-own');
  const records = new Map<string, string>();
  const make = async (entity: Entity): Promise<string> => {
    const values = await exampleInput(entity, (target) => make(entityOf(workspace.model, target)));
    for (const field of Object.values(entity.fields))
      if (field.required && field.readOnly && field.default === null && !field.system)
        values[field.name] = exampleOf(field);
    const [made] = await createRecords(systemIn(db, workspace), entity, [values]);
    return made?.id ?? '';
  };
  for (const entity of workspace.model.entities.values())
    if (hasProbes || !speaking.includes(entity.name)) records.set(entity.name, await make(entity));
  await workspace.refresh();
  return records;
}

/** What people leave behind besides records: a file to import, a run over many, an answer kept. */
async function beginWork(db: Ctx['db'], workspace: Workspace, admin: Caller): Promise<void> {
  const me: Ctx = {
    ...systemIn(db, workspace),
    who: { userId: admin.id, name: 'Boss', roles: ['administrator'], teams: [] },
  };
  const bytes = Buffer.from('Name\nOnly here\n');
  await openImport(me, { entity: 'account', fileName: 'only-here.csv', bytes });
  const bulk = { verb: 'update', where: '', values: { phone: '+33 1 23 45 67 89' } };
  const begun = await admin.program('POST', '/accounts/bulk', bulk, { 'idempotency-key': 'the same' });
  if (begun.status >= 300) throw new Error(begun.text);
}

/** Every id that any table of a workspace holds, by table and column. */
export async function idsIn(
  db: Ctx['db'],
  { schema }: Workspace,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows: columns } = await sql<{ table: string; column: string }>`
    select c.relname as "table", a.attname as "column" from pg_attribute a join pg_class c on c.oid = a.attrelid
      join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = ${schema} and c.relkind in ('r', 'p') and not c.relispartition
       and a.atttypid = 'uuid'::regtype and a.attnum > 0 and not a.attisdropped order by 1, 2`.execute(db);
  const ids = new Map<string, readonly string[]>();
  for (const { table, column } of columns) {
    const { rows } = await sql<{ id: string }>`
      select distinct ${sql.ref(column)} as id from ${sql.id(schema, table)} where ${sql.ref(column)} is not null`.execute(
      db,
    );
    if (rows.length > 0)
      ids.set(
        `${table}.${column}`,
        rows.map(({ id }) => id),
      );
  }
  return ids;
}
