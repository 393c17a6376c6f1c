import { afterAll, beforeAll, expect, describe as group, it } from 'vitest';
import { listRecords } from '../query/list.ts';
import { company, openReading, person, type Reading } from '../query/reading.fixture.ts';
import { describe, describeEntity } from './describe.ts';

/** What every role may read, of whatever else an entity says nothing. */
const ofEveryRole = ['user', 'team', 'role', 'base-value', 'saved-view', 'view-choice'];

let reading: Reading;
beforeAll(async () => {
  reading = await openReading();
});
afterAll(() => reading.close());

group('a description', () => {
  it('is refused of an entity that the reader may not read, and leaves it out everywhere', () => {
    const nobody = reading.as({ roles: [] });
    expect(() => describeEntity(nobody, company)).toThrow('Your roles don’t let you read');
    expect(describe(nobody)).toEqual({ entities: [], lists: [] });
    const clerk = describe(reading.as({ roles: ['clerk'] })).entities;
    expect(clerk.map(({ name }) => name)).toEqual(['company', 'person', ...ofEveryRole]);
    const business = clerk.filter(({ system }) => !system);
    expect(business.flatMap(({ related, links }) => [...related, ...links])).toEqual([]);
  });

  it('says what the reader may do', () => {
    expect(describeEntity(reading.as({}), company).can).toEqual({
      create: true,
      update: true,
      remove: false,
      import: false,
      export: false,
      massChange: false,
    });
    expect(describeEntity(reading.ctx, company).can.import).toBe(true);
    expect(describeEntity(reading.ctx, person).can.import).toBe(false);
  });

  it('speaks the reader’s language', () => {
    const told = describeEntity({ ...reading.ctx, locale: 'fr' }, company);
    expect(told.fields.find(({ name }) => name === 'createdAt')?.label).toBe('Créé le');
  });

  it('tells the values of codes in their order, and what references name', () => {
    const told = describeEntity(reading.ctx, person);
    const field = (name: string): unknown => told.fields.find((each) => each.name === name);
    expect(field('stage')).toMatchObject({
      list: 'stage',
      values: [{ code: 'new', label: 'NEW', class: 'open' }, { code: 'won' }, { code: 'lost' }],
    });
    expect(field('about')).toMatchObject({ to: ['company', 'person'], sortable: false });
    expect(field('company')).toMatchObject({ to: ['company'], sortable: true, indexed: false });
    expect(field('born')).toMatchObject({ sortable: true, indexed: true });
  });

  it('calls sortable exactly what a list can be sorted by', async () => {
    for (const { name, sortable } of describeEntity(reading.ctx, person).fields) {
      const sorted = await listRecords(reading.ctx, person, { sort: name }).then(
        () => true,
        () => false,
      );
      expect([name, sorted]).toEqual([name, sortable]);
    }
  });
});
