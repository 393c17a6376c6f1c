import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { company, openReading, person, type Reading } from '../query/reading.fixture.ts';
import { searchRecords } from './search.ts';

let reading: Reading;
beforeAll(async () => {
  reading = await openReading();
  const ids = [newId(), newId(), newId()];
  await reading.put(company, [
    {
      id: ids[0],
      name: 'Société Générale d’Énergie',
      phone: { typed: '06 12 34 56 78', e164: '+33612345678' },
    },
    { id: ids[1], name: 'O’Neill & Fils', email: 'energy.desk@sub.example.org', margin: 4242 },
    { id: ids[2], name: 'Gone Energy', removedAt: '2026-02-01T00:00:00.000Z' },
  ]);
  await reading.put(person, [
    { name: { first: 'Jean-Éric', middle: 'Du', last: 'Pont' }, company: ids[0] },
    { name: { first: 'Ann', middle: null, last: 'Lee' }, company: ids[1] },
  ]);
});
afterAll(() => reading.close());

const titles = async (text: string, o: Parameters<typeof searchRecords>[2] = {}): Promise<unknown> =>
  (await searchRecords(reading.ctx, text, o)).groups.flatMap(({ items }) => items.map(({ title }) => title));

describe('quick search', () => {
  it('finds nothing by nothing, by signs alone, or by syntax of the database', async () => {
    for (const text of [
      '',
      '   ',
      '&',
      "'",
      '\\',
      ':*',
      '!',
      '( | )',
      "' | 'x",
      '\u0000',
      '%',
      '123',
      'x'.repeat(5000),
    ]) {
      expect(await titles(text), text).toEqual([]);
    }
  });

  it('finds no removed record and no value of a hidden field', async () => {
    expect(await titles('gone')).toEqual([]);
    expect(await titles('4242')).toEqual([]);
  });

  it('finds by beginnings of words, in any order, whatever case and accents', async () => {
    expect(await titles('ENERG soc')).toEqual(['Société Générale d’Énergie']);
    expect(await titles('pont jean')).toEqual(['Jean-Éric Du Pont']);
    expect(await titles('neill')).toEqual(['O’Neill & Fils']);
    expect(await titles('ergie')).toEqual([]);
    expect(await titles('energie unheard')).toEqual([]);
  });

  it('finds by one or two letters of the title', async () => {
    expect(await titles('s')).toEqual(['Société Générale d’Énergie']);
    expect(await titles('É')).toEqual(['Société Générale d’Énergie', 'Jean-Éric Du Pont']);
    expect(await titles('je po')).toEqual(['Jean-Éric Du Pont']);
  });

  it('puts records first whose title matches', async () => {
    expect(await titles('energ')).toEqual(['Société Générale d’Énergie', 'O’Neill & Fils']);
  });

  it('finds by parts of an e-mail address', async () => {
    for (const text of ['desk', 'energy.desk@sub', 'desk@sub.example.org', 'example.org']) {
      expect(await titles(text), text).toEqual(['O’Neill & Fils']);
    }
  });

  it('finds by any run of four digits of a phone number, however written', async () => {
    for (const text of [
      '0612345678',
      '06 12 34 56 78',
      '+33 6 12 34',
      '3456',
      '34-56',
      '0033612345678',
      '5678',
    ]) {
      expect(await titles(text), text).toEqual(['Société Générale d’Énergie']);
    }
    expect(await titles('345')).toEqual([]);
    expect(await titles('9999')).toEqual([]);
  });

  it('groups by entity, tells records apart, and keeps to the entities and number asked', async () => {
    const { groups } = await searchRecords(reading.ctx, 'je');
    expect(groups).toEqual([
      {
        entity: 'person',
        items: [
          {
            id: expect.any(String) as string,
            title: 'Jean-Éric Du Pont',
            detail: 'Société Générale d’Énergie',
          },
        ],
      },
    ]);
    expect(await titles('energ', { limit: 1 })).toEqual(['Société Générale d’Énergie']);
    expect(await titles('energ', { entities: ['person'] })).toEqual([]);
  });

  it('costs one statement', async () => {
    expect(await reading.statements(() => searchRecords(reading.ctx, 'energ'))).toHaveLength(1);
  });
});
