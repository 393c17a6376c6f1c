import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { converting, made, twoOfOneTeam } from '../../src/crm/sales/converting.fixture.ts';
import { leadConvert } from '../../src/crm/sales/lead.convert.ts';
import type { Ctx } from '../../src/engine/ctx.ts';
import { offerVerb } from '../../src/engine/verbs/propose.ts';
import type { RecordOut } from '../../src/model/record.ts';
import { mistakes, refusal } from '../harness/refusal.ts';
import type { TestWorkspace } from '../harness/workspace.ts';

let place: TestWorkspace;
let ana: Ctx;
let ben: Ctx;

beforeAll(async () => {
  ({ place, ana, ben } = await twoOfOneTeam());
});
afterAll(() => place.close());

const { make, convert, prints, ...work } = converting(() => place);
const lead = () => place.entity('lead');
const read = (name: string, id: string): Promise<RecordOut> => work.read(name, id, ana);
const full = { name: { first: 'Léa', last: 'Moreau' }, company: 'Moreau SARL' };
const all = { account: {}, contact: {}, opportunity: { closeDate: '2027-01-31' } };

describe('who may not create accounts', () => {
  /** As Ana, whose role lost the right to create accounts. */
  const restricted = (): Ctx => ({
    ...ana,
    workspace: {
      ...ana.workspace,
      rights: {
        ...ana.workspace.rights,
        grantOf: (role, entity) =>
          role === 'sales' && entity === 'account'
            ? { levels: { read: 'team', update: 'own' }, filter: null }
            : ana.workspace.rights.grantOf(role, entity),
      },
    },
  });

  it('is refused an account, clearly and with nothing written, and isn’t offered one', async () => {
    const { id } = await make(ana, 'lead', full);
    const before = await prints();
    const refused = await refusal(convert(restricted(), id, all));
    expect(refused).toMatchObject({ code: 'forbidden', detail: { message: { code: 'create-forbidden' } } });
    expect(refused.message).toBe('Your roles don’t let you create Accounts.');
    expect(await prints()).toEqual(before);
    const { sections } = await offerVerb(restricted(), lead(), leadConvert, id);
    expect(sections).toMatchObject({ account: { wanted: false }, contact: { wanted: true } });
  });

  it('converts into a contact alone, or with an account that is there', async () => {
    const account = await make(ana, 'account', { name: 'There' });
    const first = await make(ana, 'lead', full);
    const second = await make(ana, 'lead', full);
    const alone = await convert(restricted(), first.id, { contact: {} });
    expect(await read('contact', made(alone, 'contact'))).toMatchObject({ account: null });
    const linked = await convert(restricted(), second.id, { account: { id: account.id }, contact: {} });
    expect(await read('contact', made(linked, 'contact'))).toMatchObject({ account: { id: account.id } });
  });
});

describe('a contact that one may see but not change', () => {
  it('is taken, but not linked to an account behind its owner’s back', async () => {
    const contact = await make(ben, 'contact', { name: { last: 'Ben’s' } });
    const { id } = await make(ana, 'lead', full);
    const before = await prints();
    const refused = await refusal(convert(ana, id, { account: {}, contact: { id: contact.id } }));
    expect(mistakes(refused)).toEqual([['contact.id', 'parent-not-writable']]);
    expect(await prints()).toEqual(before);
    const result = await convert(ana, id, {
      contact: { id: contact.id },
      opportunity: { closeDate: '2027-01-31' },
    });
    expect(await read('opportunity', made(result, 'opportunity'))).toMatchObject({
      contact: { id: contact.id },
    });
  });
});
