import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { ImportMapping, ImportState, ImportTarget } from '../../model/import.ts';
import type { Ctx } from '../ctx.ts';
import { listRecords } from '../query/list.ts';
import { updateRecords } from '../record/verbs.ts';
import { readBatch, saveMapping } from './batch.ts';
import { openImport } from './open.ts';
import { startSet } from './sets.ts';
import { draftOut, rowsOut, stateOut } from './view.ts';
import { workOnSet } from './work.ts';

/** A workspace in which an administrator and a sales user import small files. */
export interface Importing {
  readonly workspace: TestWorkspace;
  readonly admin: Ctx;
  readonly sam: Ctx;
  /** Opens a file of these lines, with changes to the guessed mapping. */
  open(
    ctx: Ctx,
    entity: string,
    lines: readonly string[],
    change?: (mapping: ImportMapping) => unknown,
  ): Promise<string>;
  /** Changes the mapping of a file. */
  map(ctx: Ctx, id: string, change: (mapping: ImportMapping) => unknown): Promise<void>;
  /** What the columns of a file may fill. */
  targets(ctx: Ctx, id: string): Promise<readonly ImportTarget[]>;
  /** Starts work on an import and goes through with it. */
  through(ctx: Ctx, id: string, what?: 'check' | 'run' | 'undo'): Promise<ImportState>;
  /** The refused rows as `line: column: code`. */
  refusals(ctx: Ctx, id: string): Promise<readonly string[]>;
}

/** Opens the workspace; its people have their roles in the database too, which work beside requests goes by. */
export async function importing(): Promise<Importing> {
  const workspace = await testWorkspace();
  const { items } = await listRecords(workspace.system, workspace.entity('role'), {});
  const withRole = async (name: string, role: string): Promise<Ctx> => {
    const ctx = await workspace.user(name, { roles: [role] });
    const values = { roles: items.filter((each) => each.code === role).map((each) => each.id) };
    await updateRecords(workspace.system, workspace.entity('user'), [{ id: ctx.who.userId ?? '', values }]);
    return ctx;
  };
  return {
    workspace,
    admin: await withRole('Ada', 'administrator'),
    sam: await withRole('Sam', 'sales'),
    async open(ctx, entity, lines, change = (mapping) => mapping) {
      const bytes = Buffer.from(lines.join('\n'));
      const id = await openImport(ctx, { entity, fileName: 'test-rows.csv', bytes });
      await saveMapping(ctx, id, change((await readBatch(ctx, id)).mapping));
      return id;
    },
    async map(ctx, id, change) {
      await saveMapping(ctx, id, change((await readBatch(ctx, id)).mapping));
    },
    async targets(ctx, id) {
      return (await draftOut(ctx, await readBatch(ctx, id))).targets;
    },
    async through(ctx, id, what = 'run') {
      await startSet(ctx, id, what);
      await workOnSet(workspace.system, id);
      return stateOut(ctx, await readBatch(ctx, id));
    },
    async refusals(ctx, id) {
      const { items: rows } = await rowsOut(ctx, id, { outcome: 'failed', limit: 200 });
      return rows.flatMap(({ line, mistakes }) =>
        mistakes.map(({ column, code }) => `${line}: ${column ?? '-'}: ${code}`),
      );
    },
  };
}
