import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import { type Importing, importing } from '../import/importing.fixture.ts';
import { listRecords } from '../query/list.ts';
import { createRecords, updateRecords } from '../record/verbs.ts';
import { type ExportOptions, openExport } from './open-export.ts';

let place: Importing;

beforeAll(async () => {
  place = await importing();
});
afterAll(() => place.workspace.close());

type Sent = Readonly<Record<string, unknown>>;

const make = async (ctx: Ctx, entity: string, ...values: readonly Sent[]): Promise<readonly string[]> =>
  (await createRecords(ctx, place.workspace.entity(entity), values)).map(({ id }) => id);

const exported = async (ctx: Ctx, entity: string, o: ExportOptions = {}): Promise<Buffer> => {
  const file = await openExport(ctx, place.workspace.entity(entity), o);
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of file.chunks) chunks.push(chunk);
    expect(file.progress().isWhole).toBe(true);
  } finally {
    await file.close();
  }
  return Buffer.concat(chunks);
};

const lines = async (ctx: Ctx, entity: string, o: ExportOptions = {}): Promise<readonly string[]> =>
  (await exported(ctx, entity, { bom: false, ...o })).toString().split('\r\n').slice(0, -1);

const refusal = async (work: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await work.then(
    () => new Error('nothing was refused'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Problem)) throw error;
  const mistakes = error.detail.mistakes?.map(({ field, message }) => `${field}: ${message.code}`);
  return mistakes ?? error.detail.message?.code ?? error.code;
};

describe('an export is refused', () => {
  test('to who may not read or not export', async () => {
    expect(await refusal(exported(place.sam, 'user'))).toBe('export-forbidden');
    expect(await refusal(exported({ ...place.sam, who: { ...place.sam.who, roles: [] } }, 'account'))).toBe(
      'read-forbidden',
    );
  });

  test('with a filter, sort or field that makes no sense, before a byte is written', async () => {
    expect(await refusal(exported(place.sam, 'account', { where: 'nmae = "x"' }))).toEqual([
      'where: expression-unknown-field',
    ]);
    expect(await refusal(exported(place.sam, 'account', { sort: 'nmae' }))).toEqual([
      'sort: unknown-field-near-of',
    ]);
    expect(await refusal(exported(place.sam, 'account', { fields: ['owner.email'] }))).toEqual([
      'fields: unknown-field-of',
    ]);
    expect(await refusal(exported(place.sam, 'account', { format: 'jsonl', delimiter: ';' }))).toEqual([
      'delimiter: export-csv-only',
    ]);
  });

  test('when its fields follow more references than one statement should', async () => {
    const users = ['owner', 'createdBy', 'updatedBy'];
    const paths = ['', 'parent.', 'parent.parent.'].flatMap((up) =>
      users.flatMap((first) => users.map((second) => `${up}${first}.${second}.name`)),
    );
    expect(await refusal(exported(place.sam, 'account', { fields: paths }))).toEqual([
      'fields: fields-follow-too-many',
    ]);
    const less = await lines(place.sam, 'account', { fields: paths.slice(0, 12), where: 'name = "nobody"' });
    expect(less).toEqual([paths.slice(0, 12).join(',')]);
  });
});

describe('an exported file', () => {
  test('holds exactly the records that its reader may read and export', async () => {
    const [mine = ''] = await make(place.sam, 'account', { name: 'Reach mine' });
    await make(place.admin, 'account', { name: 'Reach other' });
    const asked = { where: 'name starts with "Reach"', fields: ['id', 'name'] };
    expect(await lines(place.sam, 'account', asked)).toEqual(['id,name', `${mine},Reach mine`]);
    expect(await lines(place.admin, 'account', { ...asked, fields: ['name'] })).toEqual([
      'name',
      'Reach mine',
      'Reach other',
    ]);
  });

  test('tells references by label and id, parts in columns of their own', async () => {
    const [account = ''] = await make(place.sam, 'account', { name: 'Parted' });
    await make(place.sam, 'opportunity', {
      name: 'Parted deal',
      account,
      closeDate: '2026-12-24',
      amount: { amount: '1250.5', currency: 'USD' },
    });
    const asked = {
      where: 'name = "Parted deal"',
      fields: ['name', 'account', 'amount', 'stage', 'closeDate'],
    };
    expect(await lines(place.sam, 'opportunity', asked)).toEqual([
      'name,account,account.id,amount,amount.currency,stage,closeDate',
      `Parted deal,Parted,${account},1250.50,USD,prospecting,2026-12-24`,
    ]);
    expect(
      await lines({ ...place.sam, locale: 'fr' }, 'opportunity', { ...asked, header: 'labels' }),
    ).toEqual([
      'Nom;Compte;Compte · id;Montant;Montant · Devise;Étape;Date de clôture',
      `Parted deal;Parted;${account};1250,50;USD;Prospection;2026-12-24`,
    ]);
  });

  test('never makes a spreadsheet compute, whoever wrote what is in it', async () => {
    const bad = ['=1+1', '+1-1', '-2+3', '@SUM(A1)', "'=1", '＝1'];
    await make(place.sam, 'account', ...bad.map((number) => ({ name: `${number} guard`, number })));
    const text = (await exported(place.sam, 'account', { where: 'name ends with "guard"' })).toString();
    const cells = text
      .split(/[\r\n]+/)
      .flatMap((line) => line.split(/,/).map((cell) => cell.replace(/^"/, '')));
    expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => cell === "''=1")).toHaveLength(1);
  });

  test('keeps line breaks, quotation marks, delimiters and accents', async () => {
    await make(place.sam, 'account', { name: 'Qu"o;te, é', description: 'one\ntwo "2"; x,y' });
    const [, line] = await lines(place.sam, 'account', {
      where: 'name starts with "Qu"',
      fields: ['name', 'description'],
      delimiter: ';',
    });
    expect(line).toBe('"Qu""o;te, é";"one\ntwo ""2""; x,y"');
    const whole = await exported(place.sam, 'account', { where: 'name starts with "Qu"', fields: ['name'] });
    expect(whole.subarray(0, 3)).toEqual(Buffer.from('\uFEFF'));
  });

  test('as JSON lines holds records as the API answers them', async () => {
    const [account = ''] = await make(place.sam, 'account', { name: 'Lined' });
    const text = (
      await exported(place.sam, 'account', {
        format: 'jsonl',
        where: 'name = "Lined"',
        fields: ['id', 'name', 'owner'],
      })
    ).toString();
    expect(
      text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([{ id: account, name: 'Lined', owner: { id: place.sam.who.userId, label: 'Sam' } }]);
  });

  test('is of one moment, though people go on working, in however many pieces it is read', async () => {
    const names = Array.from({ length: 1200 }, (_, index) => ({ name: `Moment ${index}` }));
    await make(place.admin, 'account', ...names.slice(0, 900));
    await make(place.admin, 'account', ...names.slice(900));
    const entity = place.workspace.entity('account');
    const o = { where: 'name starts with "Moment"', fields: ['name', 'kind'], sort: 'name', bom: false };
    const file = await openExport(place.admin, entity, o);
    const first = await file.chunks.next();
    const { items } = await listRecords(place.admin, entity, {
      where: 'name starts with "Moment"',
      limit: 200,
    });
    await updateRecords(
      place.admin,
      entity,
      items.map(({ id }) => ({ id, values: { name: 'Moment gone' } })),
    );
    await make(place.admin, 'account', { name: 'Moment 99999' });
    let rest = first.done ? '' : Buffer.from(first.value).toString();
    for await (const chunk of file.chunks) rest += Buffer.from(chunk).toString();
    await file.close();
    expect(file.progress()).toEqual({ rows: 1200, isWhole: true });
    expect(rest).not.toMatch(/gone|99999/);
    expect(rest.split('\r\n')).toHaveLength(1202);
  });

  test('left in the middle gives its connection back and says that it isn’t whole', async () => {
    const file = await openExport(place.admin, place.workspace.entity('account'), {
      where: 'name contains "Moment"',
    });
    await file.chunks.next();
    await file.close();
    await file.close();
    expect(file.progress().isWhole).toBe(false);
    await expect(
      (async () => {
        for await (const _ of file.chunks);
      })(),
    ).rejects.toThrow();
  });
});
