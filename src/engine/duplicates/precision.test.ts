import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedData } from '../../../test/harness/shared-data.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { corrupt, measure, readPeople } from './corrupted.fixture.ts';
import { scanPeople, writePeople } from './trial.fixture.ts';

const file = sharedData('crm/npsp-contacts.csv');
let place: TestWorkspace;
beforeAll(async () => {
  place = await testWorkspace();
});
afterAll(() => place.close());

test.skipIf(!file)(
  'of people typed twice most are found, and hardly anybody who only looks like another',
  async () => {
    const people = readPeople(readFileSync(file ?? '', 'utf8'));
    const made = corrupt(people, { seed: 4, twice: 400, families: 150, namesakes: 100, colleagues: 100 });
    const ids = await writePeople(place.system, made);
    const { precision, recall, recallOfTellable, wrong, byKind } = measure(
      made,
      await scanPeople(place.system, ids),
    );
    const told = [...byKind].map(([kind, { all, found }]) => `${kind}: ${found} of ${all}`);
    expect(precision, wrong.join('\n')).toBeGreaterThan(0.975);
    expect(recall, told.join('\n')).toBeGreaterThan(0.79);
    expect(recallOfTellable, told.join('\n')).toBeGreaterThan(0.91);
  },
  120_000,
);
