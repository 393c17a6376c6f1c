import type { Ctx } from '../src/engine/ctx.ts';
import { searchRecords } from '../src/engine/search/search.ts';
import { type BenchCase, readsCase } from './bench-case.ts';

const searches: Readonly<Record<string, readonly string[]>> = {
  'quick search': [
    'alvar',
    'boulang',
    'dubois',
    'garcia',
    'ingeni',
    'kowal',
    'lefev',
    'moreau',
    'nunez',
    'weiss',
  ],
  'search by a word in full, accents left out': [
    'helene dubois',
    'lucia garcia',
    'noemie lefevre',
    'tomas nunez',
  ],
  'search by five digits of a phone number': ['51234', '54321', '52718', '57777', '59021', '53141'],
  'search by part of an e-mail address': [
    'contact1234@exam',
    'contact4321',
    'contact5@example.org',
    'contact98765@',
  ],
  'search by a record number': ['OPP-00042', 'opp 4711', '31415'],
  'search, a word mistyped': [
    'duboys',
    'garcai',
    'kowalsky',
    'lefevr',
    'moraeu',
    'boulangrie',
    'inddustries',
  ],
};

/**
 * Searches of each kind. Where little is found by what was typed, the product looks for the words that may have been
 * meant and then for those; of a mistyped word the last statement does the work, so the yardstick runs that one alone.
 */
export async function searchCases(ctx: Ctx): Promise<readonly BenchCase[]> {
  const cases: BenchCase[] = [];
  for (const [name, texts] of Object.entries(searches)) {
    const asked = texts.map((text) => ({
      address: `search?q=${encodeURIComponent(text)}`,
      work: () => searchRecords(ctx, text),
    }));
    const isMistyped = name.endsWith('mistyped');
    cases.push(await readsCase(name, asked, isMistyped ? { aim: 0.4, last: true } : {}));
  }
  return cases;
}
