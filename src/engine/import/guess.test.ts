import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedData } from '../../../test/harness/shared-data.ts';
import { productModel } from '../../../test/harness/workspace.ts';
import { entityOf } from '../../model/declarations.ts';
import { declaredRights } from '../access/declared-rights.ts';
import { type Ctx, systemWho } from '../ctx.ts';
import { guessMapping, sourceOf } from './guess.ts';
import { targetMap } from './plan.ts';
import { readFile } from './read/reading.fixture.ts';

const model = productModel();
const ctx = {
  who: systemWho,
  locale: 'en',
  workspace: {
    model,
    rights: declaredRights,
    currency: 'EUR',
    baseValues: { all: () => [], find: () => null },
  },
} as unknown as Ctx;

/** The guess as `{ column: target }`, with `!` behind those that name records by key; columns left out are null. */
async function guessed(name: string, text: string): Promise<Record<string, string | null>> {
  const entity = entityOf(model, name);
  const { columns } = guessMapping(ctx, entity, await readFile(text), targetMap(ctx, entity), 'test');
  return Object.fromEntries(
    columns.map(({ column, to, by }) => [column, to === null ? null : `${to}${by === 'key' ? '!' : ''}`]),
  );
}

const header = (...names: string[]): string =>
  `${names.join(',')}\n${names.map((_, place) => place).join(',')}\n`;

describe('what a header may not be taken for', () => {
  test('the same target twice: the better guess has it, the other column is left to a person', async () => {
    expect(await guessed('contact', header('Email', 'E-mail Address', 'Last Name'))).toEqual({
      Email: 'email',
      'E-mail Address': null,
      'Last Name': 'name.last',
    });
  });

  test('fields that nobody writes, and bookkeeping of the other system', async () => {
    expect(
      await guessed(
        'opportunity',
        header('Id', 'Name', 'Created Date', 'IsDeleted', 'ExpectedRevenue', 'Fiscal'),
      ),
    ).toEqual({
      Id: 'externalKey',
      Name: 'name',
      'Created Date': null,
      IsDeleted: null,
      ExpectedRevenue: null,
      Fiscal: null,
    });
  });
});

describe('headers are understood', () => {
  test('of leads as other systems export them, whose company is a text and not a record', async () => {
    expect(
      await guessed(
        'lead',
        header('Lead ID', 'FirstName', 'LastName', 'Title', 'Company', 'LeadSource', 'Rating', 'Status'),
      ),
    ).toEqual({
      'Lead ID': 'externalKey',
      FirstName: 'name.first',
      LastName: 'name.last',
      Title: 'jobTitle',
      Company: 'company',
      LeadSource: 'source',
      Rating: 'quality',
      Status: 'status',
    });
    expect(
      await guessed('lead', header('Account Name', 'Opportunity Amount', 'Assigned User', 'Account ID')),
    ).toEqual({
      'Account Name': 'company',
      'Opportunity Amount': 'amount',
      'Assigned User': 'owner',
      'Account ID': 'account!',
    });
    expect(await guessed('contact', header('Account Name'))).toEqual({ 'Account Name': 'account' });
  });

  const real = (file: string): string => readFileSync(sharedData(`crm/${file}`) ?? '', 'utf8');
  const isThere = sharedData('crm/npsp-accounts.csv') !== null;

  test.skipIf(!isThere)('of the four files of a charity', async () => {
    expect(await guessed('account', real('npsp-accounts.csv'))).toEqual({
      'Account ID': 'externalKey',
      'Account Name': 'name',
      'Billing Street': 'billingAddress.street',
      'Billing City': 'billingAddress.city',
      'Billing State': 'billingAddress.region',
      'Billing Postal Code': 'billingAddress.postalCode',
      'Billing Country': 'billingAddress.country',
    });
    expect(await guessed('contact', real('npsp-contacts.csv'))).toEqual({
      'Contact ID': 'externalKey',
      Salutation: 'salutation',
      'First Name': 'name.first',
      'Last Name': 'name.last',
      Email: 'email',
      Phone: 'phone',
      Title: 'jobTitle',
      'Account ID': 'link:accounts!',
      'Primary Affiliation Account ID': 'account!',
    });
    expect(await guessed('opportunity', real('npsp-opportunities.csv'))).toEqual({
      'Opportunity ID': 'externalKey',
      'Opportunity Name': 'name',
      Amount: 'amount',
      Stage: 'stage',
      'Close Date': 'closeDate',
      'Account ID': 'account!',
      'Primary Contact ID': 'contact!',
    });
    expect(await guessed('opportunity-contact', real('npsp-opportunity-contact-roles.csv'))).toEqual({
      'Role ID': 'externalKey',
      Role: 'role',
      'Is Primary': 'primary',
      'Contact ID': 'contact!',
      'Opportunity ID': 'opportunity!',
    });
  });

  test.skipIf(!isThere)('of the two of another CRM, all in capitals', async () => {
    expect(await guessed('account', real('salesforce-accountData.csv'))).toMatchObject({
      ID: 'externalKey',
      NAME: 'name',
      TYPE: 'kind',
      PARENTID: 'parent!',
      BILLINGSTATE: 'billingAddress.region',
      SHIPPINGPOSTALCODE: 'shippingAddress.postalCode',
      ANNUALREVENUE: 'revenue',
      NUMBEROFEMPLOYEES: 'employees',
      RATING: null,
      SITE: null,
    });
    expect(await guessed('opportunity', real('salesforce-opportunityData.csv'))).toMatchObject({
      ID: 'externalKey',
      ACCOUNTID: 'account!',
      STAGENAME: 'stage',
      AMOUNT: 'amount',
      PROBABILITY: 'probability',
      CLOSEDATE: 'closeDate',
      TYPE: 'type',
      NEXTSTEP: 'nextStep',
      LEADSOURCE: 'source',
      ISCLOSED: null,
    });
  });

  test('of mail programs, in English, French and Spanish', async () => {
    expect(
      await guessed(
        'contact',
        header(
          'Title',
          'First Name',
          'Middle Name',
          'Last Name',
          'Company',
          'Job Title',
          'Business Phone',
          'Mobile Phone',
          'E-mail Address',
          'Birthday',
          'Notes',
        ),
      ),
    ).toMatchObject({
      'First Name': 'name.first',
      'Middle Name': 'name.middle',
      'Last Name': 'name.last',
      Company: 'account',
      'Job Title': 'jobTitle',
      'Business Phone': 'phone',
      'Mobile Phone': 'mobile',
      'E-mail Address': 'email',
      Birthday: 'birthday',
      Notes: 'description',
    });
    expect(
      await guessed(
        'contact',
        header(
          'Civilité',
          'Prénom',
          'Nom',
          'Société',
          'Fonction',
          'Téléphone',
          'Adresse de messagerie',
          'Code postal',
          'Ville',
          'Pays',
        ),
      ),
    ).toEqual({
      Civilité: 'salutation',
      Prénom: 'name.first',
      Nom: 'name.last',
      Société: 'account',
      Fonction: 'jobTitle',
      Téléphone: 'phone',
      'Adresse de messagerie': 'email',
      'Code postal': 'address.postalCode',
      Ville: 'address.city',
      Pays: 'address.country',
    });
    expect(
      await guessed(
        'contact',
        header(
          'Nombre',
          'Apellidos',
          'Empresa',
          'Cargo',
          'Teléfono',
          'Correo electrónico',
          'Código postal',
          'Población',
          'Provincia',
        ),
      ),
    ).toEqual({
      Nombre: 'name.first',
      Apellidos: 'name.last',
      Empresa: 'account',
      Cargo: 'jobTitle',
      Teléfono: 'phone',
      'Correo electrónico': 'email',
      'Código postal': 'address.postalCode',
      Población: 'address.city',
      Provincia: 'address.region',
    });
  });

  test('as our own screens name the fields, in each language', async () => {
    for (const name of ['account', 'contact', 'opportunity']) {
      const entity = entityOf(model, name);
      for (const locale of ['en', 'fr', 'es'] as const) {
        for (const field of Object.values(entity.fields).filter((each) => !each.readOnly && !each.system)) {
          // A whole address in one cell isn't guessed at; what contacts call a name is one of its parts.
          if (['address', 'person-name'].includes(field.type)) continue;
          const label = field.label[locale];
          expect([
            locale,
            label,
            (await guessed(name, `"${label}",x\n1,2\n`))[label]?.replace('!', ''),
          ]).toEqual([locale, label, field.name]);
        }
      }
    }
  });

  test('of address books: cards as mail programs export them', async () => {
    const card = `BEGIN:VCARD
VERSION:3.0
UID:17
N:Doe;Ada;M;Dr.;Jr.
FN:Dr. Ada M Doe Jr.
ORG:Acme;Sales
TITLE:Buyer
EMAIL:a@example.org
EMAIL:b@example.org
TEL;TYPE=WORK:1
TEL;TYPE=CELL:2
TEL;TYPE=HOME:3
TEL;TYPE=FAX:4
ADR;TYPE=WORK:;;1 rue A;Paris;IdF;75001;France
ADR;TYPE=HOME:;;2 rue B;Lyon;;69001;France
URL:https://example.org
BDAY:1980-02-29
X-ANNIVERSARY:2001-01-01
NOTE:n
SOURCE:ldap://example.org
KIND:individual
END:VCARD
`;
    expect(await guessed('contact', card)).toEqual({
      UID: 'externalKey',
      Salutation: 'salutation',
      'First name': 'name.first',
      'Middle name': 'name.middle',
      'Last name': 'name.last',
      Suffix: null,
      Company: 'account',
      Department: 'department',
      'Job title': 'jobTitle',
      Email: 'email',
      'Email 2': null,
      Phone: 'phone',
      Mobile: 'mobile',
      'Home phone': null,
      Fax: null,
      Street: 'address.street',
      City: 'address.city',
      'Postal code': 'address.postalCode',
      Region: 'address.region',
      Country: 'address.country',
      Website: null,
      Birthday: 'birthday',
      Notes: 'description',
      'Formatted name': null,
      'Home street': null,
      'Home city': null,
      'Home postal code': null,
      'Home country': null,
      'Wedding anniversary': null,
      'Card source': null,
      'Card kind': null,
    });
    expect(await guessed('lead', card)).toMatchObject({
      'Last name': 'name.last',
      Company: 'company',
      Website: 'website',
    });
  });

  test('how numbers and dates are written is read off the cells', async () => {
    const sniffed = async (text: string) => {
      const entity = entityOf(model, 'opportunity');
      const { decimal, dateOrder } = guessMapping(
        ctx,
        entity,
        await readFile(text),
        targetMap(ctx, entity),
        'test',
      );
      return [decimal, dateOrder];
    };
    expect(await sniffed('Name;Amount;Close Date\na;1.234,50;25/12/2026\n')).toEqual([',', 'dmy']);
    expect(await sniffed('Name,Amount,Close Date\na,"1,234.50",12/25/2026\n')).toEqual(['.', 'mdy']);
    expect(await sniffed('Name,Amount,Close Date\na,1234.5,2026-12-25\n')).toEqual(['.', 'ymd']);
  });
});

test('the source is the first word of the file’s name', () => {
  expect(
    ['npsp-accounts.csv', 'salesforce-accountData.csv', 'Kontakte 2026.csv', '....csv'].map(sourceOf),
  ).toEqual(['npsp', 'salesforce', 'kontakte', 'file']);
});
