import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { company, openReading, person, type Reading } from '../query/reading.fixture.ts';
import { searchRecords } from './search.ts';

/** A small generator with a seed, so that every run makes the same mistakes. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

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
    const parts = ['desk', 'energy.desk@sub', 'desk@sub.example.org', 'example.org', '@sub.exam', 'DESK@Sub'];
    for (const text of parts) {
      expect(await titles(text), text).toEqual(['O’Neill & Fils']);
    }
  });

  it('takes an address that nobody has for words in full, of which the last may be unfinished', async () => {
    // Some other address begins like this one: who types it to its end doesn't mean that.
    expect(await titles('ener@sub.example.org')).toEqual([]);
    expect(await titles('desk@sub.example.or')).toEqual(['O’Neill & Fils']);
    expect(await titles('desk@examp')).toEqual(['O’Neill & Fils']);
    expect(await titles('desk@example.org')).toEqual(['O’Neill & Fils']);
    expect(await titles('desk@exampel.org')).toEqual(['O’Neill & Fils']);
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
            near: false,
            marks: [[0, 2]],
            match: null,
          },
        ],
        more: false,
      },
    ]);
    expect(await titles('energ', { limit: 1 })).toEqual(['Société Générale d’Énergie']);
    expect(await titles('energ', { entities: ['person'] })).toEqual([]);
  });

  it('tells the field by which a record was found, and the place in it', async () => {
    const { groups } = await searchRecords(reading.ctx, '34-56');
    expect(groups[0]?.items[0]?.match).toEqual({
      field: 'phone',
      text: '+33 6 12 34 56 78',
      marks: [[9, 14]],
    });
    const both = (await searchRecords(reading.ctx, 'neill desk')).groups[0]?.items[0];
    expect(both?.marks).toEqual([[2, 7]]);
    expect(both?.match).toMatchObject({ field: 'email', text: 'energy.desk@sub.example.org' });
  });

  it('costs one statement where enough is found, and three at most', async () => {
    const many = Array.from({ length: 12 }, (_, n) => ({ name: `Plenty ${n}` }));
    await reading.put(company, many);
    const sent = (text: string) => reading.statements(() => searchRecords(reading.ctx, text, { limit: 20 }));
    expect((await sent('plenty')).length).toBe(1);
    expect((await sent('06 12 34')).length).toBe(1);
    expect((await sent('energ')).length).toBeLessThanOrEqual(3);
  });
});

describe('the order of what is found', () => {
  it('is: in full, by the beginning, elsewhere; one’s own and the latest changed first', async () => {
    const me = newId();
    await reading.put(company, [
      { name: 'Zephyrus Lines' },
      { name: 'Zephyr Lines', updatedAt: '2026-03-01T00:00:00.000Z' },
      { name: 'Zephyr Yards', updatedAt: '2026-04-01T00:00:00.000Z' },
      { name: 'Zephyr Boats', owner: me },
      { name: 'Calm Seas', email: 'zephyr@example.com' },
      { name: 'Calmer Seas', email: 'zephyrine@example.com' },
      { name: 'Zephir Mistyped' },
    ]);
    const { groups } = await searchRecords(reading.as({ userId: me, roles: ['clerk'] }), 'zephyr');
    expect(groups[0]?.items.map(({ title, near }) => [title, near])).toEqual([
      ['Zephyr Boats', false],
      ['Zephyr Yards', false],
      ['Zephyr Lines', false],
      ['Zephyrus Lines', false],
      ['Calm Seas', false],
      ['Calmer Seas', false],
      ['Zephir Mistyped', true],
    ]);
  });

  it('tells that there are more than were asked for, and none twice', async () => {
    const { groups } = await searchRecords(reading.ctx, 'plenty', { limit: 5 });
    expect(groups[0]).toMatchObject({ more: true, items: { length: 5 } });
    const all = (await searchRecords(reading.ctx, 'plenty', { limit: 12 })).groups[0];
    expect(all).toMatchObject({ more: false, items: { length: 12 } });
    expect(new Set(all?.items.map(({ id }) => id)).size).toBe(12);
  });
});

describe('mistakes in typing', () => {
  it('are not forgiven in numbers, and not twice in a short word', async () => {
    expect(await titles('0612345679')).toEqual([]);
    expect(await titles('nexxl')).toEqual([]);
  });

  it('are forgiven in each word: one letter wrong, left out, too many or swapped, two in a long word', async () => {
    for (const text of ['nelil', 'niell', 'neil', 'neyll', 'neilll', 'neill fisl', 'NEÍLLL'])
      expect(await titles(text), text).toContain('O’Neill & Fils');
    for (const text of ['generake', 'genrael', 'sociéte generalle']) {
      expect(await titles(text), text).toContain('Société Générale d’Énergie');
    }
  });

  it('tell what may have been meant only when nothing was found by what was typed', async () => {
    const found = await searchRecords(reading.ctx, 'generake');
    expect(found).toMatchObject({ meant: 'Générale', groups: [{ items: [{ near: true }] }] });
    expect((await searchRecords(reading.ctx, 'generale')).meant).toBeNull();
    expect((await searchRecords(reading.ctx, 'qwxyz')).meant).toBeNull();
  });

  it('find no removed record, and none beyond the reader’s reach', async () => {
    expect(await titles('gonne energy')).toEqual([]);
    const sales = reading.as({});
    expect(await searchRecords(sales, 'generake')).toEqual({ groups: [], meant: null });
  });

  it('are forgiven in any word of any record, whatever the one mistake', async () => {
    const random = seeded(42);
    const syllables = ['ba', 'ré', 'nou', 'vel', 'sti', 'kon', 'zo', 'lam', 'ter', 'quin'];
    const made = Array.from({ length: 60 }, (_, n) => ({
      id: newId(),
      word: `${[1, 2, 3].map(() => syllables[random(syllables.length)]).join('')}${'abcdefghij'[n % 10]}${'klmnop'[Math.floor(n / 10)]}`,
    }));
    await reading.put(
      company,
      made.map(({ id, word }) => ({ id, name: `Firm ${word}` })),
    );
    for (const { id, word } of made) {
      const at = random(word.length - 1);
      const letters = [...word];
      const mistyped = [
        letters.toSpliced(at, 1, 'y'),
        letters.toSpliced(at, 1),
        letters.toSpliced(at, 2, letters[at + 1] ?? '', letters[at] ?? ''),
      ][random(3)]?.join('');
      const { groups } = await searchRecords(reading.ctx, mistyped ?? '', { limit: 50 });
      const found = groups.flatMap(({ items }) => items.map((item) => item.id));
      expect(found, `${mistyped} for ${word}`).toContain(id);
    }
  });
});
