import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ctx, systemWho } from '../../src/engine/ctx.ts';
import { saveMapping } from '../../src/engine/import/batch.ts';
import { openImport } from '../../src/engine/import/open.ts';
import { startSet } from '../../src/engine/import/sets.ts';
import { rowsOut } from '../../src/engine/import/view.ts';
import { workOnSet } from '../../src/engine/import/work.ts';
import { createRecords, updateRecords } from '../../src/engine/record/verbs.ts';
import { newId } from '../../src/lib/ids.ts';
import { Problem } from '../../src/lib/problem.ts';
import { entityOf } from '../../src/model/declarations.ts';
import type { Entity } from '../../src/model/entity.ts';
import type { Door } from '../../src/model/event.ts';
import type { ImportMapping } from '../../src/model/import.ts';
import type { Rule, RuleActs } from '../../src/model/rule.ts';
import { runCommandLine } from '../../src/server/cli/commands.ts';
import type { Answer, Caller, TestDoors } from '../harness/doors.ts';

/** What came of a write: the record, or field and code of each mistake. */
export type Outcome = { readonly id: string } | { readonly refused: readonly string[] };

/** Values by field as a cell of a file would hold them; every door gets them in its own form. */
export type Cells = Readonly<Record<string, string>>;

/** One way in; what it doesn't take it refuses by throwing. Each record it makes has the external key it was given, by which a file names it again. */
export interface WriteDoor {
  create(entity: string, key: string, cells: Cells): Promise<Outcome>;
  update(entity: string, at: { readonly id: string; readonly key: string }, cells: Cells): Promise<Outcome>;
}

const source = 'rules';

/** All ways in, by name, in the name of the same salesperson. */
export const writeDoors: Readonly<Record<string, (doors: TestDoors, sales: Caller) => WriteDoor>> = {
  verbs: (doors, sales) => atVerbs(doors, sales),
  'REST, one record': ({ workspace }, { program }) => atRest(workspace, program, false),
  'REST, many records': ({ workspace }, { program }) => atRest(workspace, program, true),
  'the browser’s API': ({ workspace }, { browser }) => atRest(workspace, browser, false),
  'an import': (doors, sales) => atImport(doors, sales),
  'the command line': (doors, sales) => atCommandLine(doors, sales),
  'a rule that follows a write': (doors, sales) => atRule(doors, sales),
};

/** The door that each way in writes to the history; those left out are told with their reasons in the tests. */
export const doorOf: Readonly<Record<keyof typeof writeDoors, Door>> = {
  verbs: 'api',
  'REST, one record': 'api',
  'REST, many records': 'api',
  'the browser’s API': 'browser',
  'an import': 'import',
  'the command line': 'cli',
  'a rule that follows a write': 'rule',
};

type Workspace = TestDoors['workspace'];

/** A ctx in which the salesperson acts, as a door would make it. */
export const ctxOf = ({ workspace, db, admin }: TestDoors, { id }: Caller, door: Ctx['door']): Ctx => ({
  who: { userId: id, name: 'Sal', roles: [id === admin.id ? 'administrator' : 'sales'], teams: [] },
  workspace,
  locale: 'en',
  timeZone: 'UTC',
  now: new Date(),
  db,
  door,
  batch: null,
});

/** What a cell holds, as JSON; of a part (`name.last`), the field with that part. */
export function jsonOf({ model }: Workspace, entity: string, cells: Cells): Record<string, unknown> {
  const { fields } = entityOf(model, entity);
  return Object.fromEntries(
    Object.entries(cells).map(([name, cell]): [string, unknown] => {
      if (cell === '') return [name, null];
      const [field = '', part] = name.split('.');
      if (part !== undefined) return [field, { [part]: cell }];
      if (fields[name]?.type === 'money') return [name, { amount: cell, currency: 'EUR' }];
      if (fields[name]?.type === 'any-reference') return [name, { entity: 'account', id: cell }];
      if (fields[name]?.type === 'number') return [name, Number(cell)];
      return [name, fields[name]?.type === 'checkbox' ? cell === 'true' : cell];
    }),
  );
}

/** What a new record is sent as, with its key where its entity has keys. */
const keyed = (workspace: Workspace, entity: string, key: string, cells: Cells): Record<string, unknown> => ({
  ...jsonOf(workspace, entity, cells),
  ...(entityOf(workspace.model, entity).importable ? { externalKeys: [{ source, key }] } : {}),
});

const told = (mistakes: readonly { readonly field: string; readonly code: string }[]): Outcome => ({
  refused: mistakes.map(({ field, code }) => `${field.replace(/^\[0\]\./, '')}: ${code}`),
});

/** What a refusal says; anything else that was thrown is a mistake of the program. */
export function refusalOf(error: unknown): Outcome {
  if (!(error instanceof Problem) || !error.detail.mistakes) throw error;
  return told(error.detail.mistakes.map(({ field, message }) => ({ field, code: message.code })));
}

function atVerbs(doors: TestDoors, sales: Caller): WriteDoor {
  const { model } = doors.workspace;
  const outcome = async (work: Promise<readonly { readonly id: string }[]>): Promise<Outcome> => {
    try {
      return { id: (await work)[0]?.id ?? '' };
    } catch (error) {
      return refusalOf(error);
    }
  };
  return {
    create: (entity, key, cells) =>
      outcome(
        createRecords(ctxOf(doors, sales, 'api'), entityOf(model, entity), [
          keyed(doors.workspace, entity, key, cells),
        ]),
      ),
    update: (entity, { id }, cells) =>
      outcome(
        updateRecords(ctxOf(doors, sales, 'api'), entityOf(model, entity), [
          { id, values: jsonOf(doors.workspace, entity, cells) },
        ]),
      ),
  };
}

function atRest(workspace: Workspace, call: Caller['program'], isMany: boolean): WriteDoor {
  const path = (entity: string): string => `/${entityOf(workspace.model, entity).plural}`;
  const outcome = ({ status, body, text }: Answer): Outcome => {
    if (status === 422) return told(body.mistakes);
    if (status >= 400) throw new Error(text);
    return { id: isMany ? (body.items[0]?.id ?? '') : body.id };
  };
  const shaped = (value: object): unknown => (isMany ? [value] : value);
  return {
    create: async (entity, key, cells) => {
      const values = keyed(workspace, entity, key, cells);
      return outcome(await call('POST', path(entity), shaped(values)));
    },
    update: async (entity, { id }, cells) => {
      const { version } = (await call('GET', `${path(entity)}/${id}`)).body;
      const values = { version, ...jsonOf(workspace, entity, cells) };
      return outcome(
        isMany
          ? await call('PATCH', path(entity), [{ id, ...values }])
          : await call('PATCH', `${path(entity)}/${id}`, values),
      );
    },
  };
}

function atImport(doors: TestDoors, sales: Caller): WriteDoor {
  return importing(doors, sales, async (entity, key, cells) => {
    const { id } = await importRow(doors, sales, entity, key, cells);
    return rowOutcome(doors, sales, id);
  });
}

/** A way in that brings files, which name by its key what they change. */
function importing(doors: TestDoors, sales: Caller, write: WriteDoor['create']): WriteDoor {
  return {
    create: write,
    // A file that might make new records must fill what these need.
    update: async (entity, { id, key }, cells) => {
      const path = `/${entityOf(doors.workspace.model, entity).plural}/${id}`;
      const { body } = await sales.program('GET', path);
      const { name, closeDate } = body as unknown as { name?: string | { last: string }; closeDate?: string };
      const needed: Cells = {
        ...(typeof name === 'string' ? { name } : name ? { 'name.last': name.last } : {}),
        ...(closeDate ? { closeDate } : {}),
      };
      return write(entity, key, { ...needed, ...cells });
    },
  };
}

/** How a file of the tests fills an entity. */
const mappingOf = (fields: Entity['fields'], names: readonly string[]): ImportMapping => ({
  source,
  match: 'externalKey',
  dateOrder: 'ymd',
  decimal: '.',
  columns: [
    { column: 'Key', to: 'externalKey' },
    ...names.map((name) => ({
      column: name,
      to: name,
      ...(fields[name]?.type === 'reference' ? { by: 'id' as const } : {}),
      ...(fields[name]?.type === 'base-value' ? { unknown: 'refuse' as const } : {}),
    })),
  ],
});

const fileOf = (key: string, cells: Cells): string =>
  `${['Key', ...Object.keys(cells)].join(',')}\n${[key, ...Object.values(cells)].join(',')}\n`;

/** What came of the one row of an import. */
async function rowOutcome(doors: TestDoors, sales: Caller, id: string): Promise<Outcome> {
  const [row] = (await rowsOut(ctxOf(doors, sales, 'api'), id, { limit: 1 })).items;
  if (row?.outcome === 'failed') return told(row.mistakes);
  return { id: row?.record?.id ?? '' };
}

function atCommandLine(doors: TestDoors, sales: Caller): WriteDoor {
  return importing(doors, sales, async (entity, key, cells) => {
    const { fields } = entityOf(doors.workspace.model, entity);
    const folder = await mkdtemp(join(tmpdir(), 'rapport-rules-'));
    const [file, map] = [join(folder, 'row.csv'), join(folder, 'map.json')];
    const { source: _, ...mapping } = mappingOf(fields, Object.keys(cells));
    await writeFile(file, fileOf(key, cells));
    await writeFile(map, JSON.stringify(mapping));
    const [out, former]: [string[], NodeJS.ProcessEnv] = [[], { ...process.env }];
    Object.assign(process.env, { DATABASE_URL: doors.url, LOG_LEVEL: 'silent' });
    try {
      const options = ['--entity', entity, '--map', map, '--source', source, '--as', sales.email, '--json'];
      const notes: string[] = [];
      const code = await runCommandLine(['import', file, ...options], {
        out: (text) => out.push(text),
        note: (text) => notes.push(text),
      });
      if (code === 1 || code === 2) throw new Error(notes.join('\n'));
    } finally {
      process.env = former;
      await rm(folder, { recursive: true });
    }
    return rowOutcome(doors, sales, (JSON.parse(out.join('\n')) as { id: string }).id);
  });
}

/** What the next team that is made brings with it, and what became of it. */
let errand: ((acts: RuleActs) => Promise<string>) | null = null;
let brought = '';

/** A rule of the tests: it writes whatever a test wants to be written, after a team was made. */
export const errandRule: Rule = {
  entity: 'team',
  name: 'a team brings what it is told',
  async after(_changes, acts) {
    const asked = errand;
    errand = null;
    if (asked) brought = await asked(acts);
  },
};

function atRule(doors: TestDoors, sales: Caller): WriteDoor {
  const run = async (work: (acts: RuleActs) => Promise<string>): Promise<Outcome> => {
    errand = work;
    const { who, ...ctx } = ctxOf(doors, sales, 'api');
    const asking = { ...ctx, who: { ...who, roles: ['administrator'] } };
    try {
      await createRecords(asking, entityOf(doors.workspace.model, 'team'), [{ name: `Errand ${newId()}` }]);
      return { id: brought };
    } catch (error) {
      return refusalOf(error);
    }
  };
  return {
    create: (entity, key, cells) =>
      run(async (acts) => {
        const values = keyed(doors.workspace, entity, key, cells);
        return (await acts.create(entity, [values]))[0] ?? '';
      }),
    update: (entity, { id }, cells) =>
      run(async (acts) => {
        await acts.update(entity, [{ id, values: jsonOf(doors.workspace, entity, cells) }]);
        return id;
      }),
  };
}

/** Imports a file of one row, all the way; answers the import. */
export async function importRow(
  doors: TestDoors,
  sales: Caller,
  entity: string,
  key: string,
  cells: Cells,
): Promise<{ readonly id: string }> {
  const ctx = ctxOf(doors, sales, 'api');
  const { fields } = entityOf(doors.workspace.model, entity);
  const names = Object.keys(cells);
  const bytes = Buffer.from(fileOf(key, cells));
  const id = await openImport(ctx, { entity, fileName: 'row.csv', bytes, source });
  await saveMapping(ctx, id, mappingOf(fields, names));
  await startSet(ctx, id, 'run');
  await workOnSet({ ...ctx, who: systemWho, door: 'import' }, id, (error) => {
    throw error;
  });
  return { id };
}
