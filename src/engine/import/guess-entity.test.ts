import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedData } from '../../../test/harness/shared-data.ts';
import { productModel } from '../../../test/harness/workspace.ts';
import { declaredRights } from '../access/declared-rights.ts';
import { type Ctx, systemWho } from '../ctx.ts';
import { guessEntity } from './guess-entity.ts';

const ctx = {
  who: systemWho,
  locale: 'en',
  workspace: {
    model: productModel(),
    rights: declaredRights,
    currency: 'EUR',
    baseValues: { all: () => [], find: () => null },
  },
} as unknown as Ctx;

/** The guess as `contact`, with `?` behind where it wants a look. */
function guessed(fileName: string, ...headers: string[]): string | null {
  const guess = guessEntity(ctx, { fileName, headers });
  return guess && `${guess.entity.name}${guess.isSure ? '' : '?'}`;
}

describe('what can’t be told for sure is said to be a guess', () => {
  test('headers that nothing understands', () => {
    expect(guessed('export.csv', 'Firma', 'Ort', 'Ansprechpartner')).toMatch(/\?$/);
    expect(guessed('data.csv', 'a', 'b')).toMatch(/\?$/);
  });

  test('a person may be a contact or a lead; a name and an amount may be much', () => {
    expect(guessed('export.csv', 'First Name', 'Last Name', 'E-mail Address', 'Job Title')).toBe('contact?');
    expect(guessed('export.csv', 'Name', 'Description')).toMatch(/\?$/);
  });

  test('a file named after an entity whose needed columns it lacks', () => {
    expect(guessed('opportunities.csv', 'Name', 'Amount')).toBe('opportunity?');
  });

  test('who may import nothing is told nothing', () => {
    const nobody = { ...ctx, who: { userId: 'u', name: 'Nobody', roles: [], teams: [] } };
    expect(guessEntity(nobody, { fileName: 'accounts.csv', headers: ['Name'] })).toBe(null);
  });
});

describe('the entity is told from headers and file name', () => {
  const headersOf = (file: string): string[] =>
    (readFileSync(sharedData(`crm/${file}`) ?? '', 'utf8').split('\n')[0] ?? '')
      .trim()
      .split(',')
      .map((header) => header.replaceAll('"', ''));
  const isThere = sharedData('crm/npsp-accounts.csv') !== null;

  test.skipIf(!isThere).each([
    ['npsp-accounts.csv', 'account'],
    ['npsp-contacts.csv', 'contact'],
    ['npsp-opportunities.csv', 'opportunity'],
    ['npsp-opportunity-contact-roles.csv', 'opportunity-contact'],
    ['salesforce-accountData.csv', 'account'],
    ['salesforce-opportunityData.csv', 'opportunity'],
  ])('%s, under its own name and under one that says nothing', (file, entity) => {
    expect(guessed(file, ...headersOf(file))).toBe(entity);
    expect(guessed('export-2026.csv', ...headersOf(file))).toBe(entity);
  });

  test.each([
    ['contacts.csv', 'contact', ['First Name', 'Last Name', 'E-mail Address', 'Company']],
    ['people 2026.xlsx', 'contact', ['Last Name', 'Email']],
    ['john.vcf', 'contact', ['First Name', 'Last Name', 'Email', 'Phone']],
    ['leads_export.csv', 'lead', ['First Name', 'Last Name', 'Company', 'Email']],
    ['export.csv', 'lead', ['Lead ID', 'First Name', 'Last Name', 'Company', 'Status', 'LeadSource']],
    ['Sociétés.csv', 'account', ['Nom', 'Adresse', 'Ville', 'Site internet']],
    ['empresas.csv', 'account', ['Nombre', 'Población', 'Sitio web']],
    ['deals.csv', 'opportunity', ['Deal Name', 'Stage', 'Amount', 'Close Date']],
    ['tareas.csv', 'task', ['Asunto', 'Estado', 'Vencimiento']],
    ['account-contacts.csv', 'account-contact', ['account.id', 'contact.id', 'role', 'primary']],
  ] as const)('%s holds %s records', (file, entity, headers) => {
    expect(guessed(file, ...headers)).toBe(entity);
  });
});
