import { type Ctx, systemWho } from '../../src/engine/ctx.ts';
import { openImport, saveMapping, startImport } from '../../src/engine/import/batch.ts';
import { rowsOut } from '../../src/engine/import/view.ts';
import { workOnImport } from '../../src/engine/import/work.ts';
import { createRecords, updateRecords } from '../../src/engine/record/verbs.ts';
import { Problem } from '../../src/lib/problem.ts';
import { entityOf } from '../../src/model/declarations.ts';
import type { Answer, Caller, TestDoors } from '../harness/doors.ts';

/** What came of a write: the record, or field and code of each mistake. */
export type Outcome = { readonly id: string } | { readonly refused: readonly string[] };

/** Values by field as a cell of a file would hold them; every door gets them in its own form. */
export type Cells = Readonly<Record<string, string>>;

/** One way in. Each record it makes has the external key it was given, by which a file names it again. */
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
};

type Workspace = TestDoors['workspace'];

/** A ctx in which the salesperson acts, as a door would make it. */
export const ctxOf = ({ workspace, db }: TestDoors, { id }: Caller, door: Ctx['door']): Ctx => ({
  who: { userId: id, name: 'Sal', roles: ['sales'], teams: [] },
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
      const [field = '', part] = name.split('.');
      if (part !== undefined) return [field, { [part]: cell }];
      if (cell === '') return [name, null];
      if (fields[name]?.type === 'money') return [name, { amount: cell, currency: 'EUR' }];
      return [name, fields[name]?.type === 'checkbox' ? cell === 'true' : cell];
    }),
  );
}

const told = (mistakes: readonly { readonly field: string; readonly code: string }[]): Outcome => ({
  refused: mistakes.map(({ field, code }) => `${field.replace(/^\[0\]\./, '')}: ${code}`),
});

function atVerbs(doors: TestDoors, sales: Caller): WriteDoor {
  const { model } = doors.workspace;
  const outcome = async (work: Promise<readonly { readonly id: string }[]>): Promise<Outcome> => {
    try {
      return { id: (await work)[0]?.id ?? '' };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return told((error.detail.mistakes ?? []).map(({ field, message }) => ({ field, code: message.code })));
    }
  };
  return {
    create: (entity, key, cells) =>
      outcome(
        createRecords(ctxOf(doors, sales, 'api'), entityOf(model, entity), [
          { ...jsonOf(doors.workspace, entity, cells), externalKeys: [{ source, key }] },
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
      const values = { ...jsonOf(workspace, entity, cells), externalKeys: [{ source, key }] };
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
  const write = async (entity: string, key: string, cells: Cells): Promise<Outcome> => {
    const { id } = await importRow(doors, sales, entity, key, cells);
    const [row] = (await rowsOut(ctxOf(doors, sales, 'api'), id, { limit: 1 })).items;
    if (row?.outcome === 'failed') return told(row.mistakes);
    return { id: row?.record?.id ?? '' };
  };
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
  const csv = `${['Key', ...names].join(',')}\n${[key, ...Object.values(cells)].join(',')}\n`;
  const id = await openImport(ctx, { entity, fileName: 'row.csv', bytes: Buffer.from(csv), source });
  await saveMapping(ctx, id, {
    source,
    match: 'externalKey',
    dateOrder: 'ymd',
    decimal: '.',
    columns: [
      { column: 'Key', to: 'externalKey' },
      ...names.map((name) => ({
        column: name,
        to: name,
        ...(fields[name]?.type === 'reference' ? { by: 'id' } : {}),
        ...(fields[name]?.type === 'base-value' ? { unknown: 'refuse' } : {}),
      })),
    ],
  });
  await startImport(ctx, id, 'run');
  await workOnImport({ ...ctx, who: systemWho, door: 'import' }, id, (error) => {
    throw error;
  });
  return { id };
}
