import { describe, expect, test } from 'vitest';
import { declaredEntities } from '../../scripts/text-rules.ts';
import { entities, lists } from '../../src/crm/index.ts';
import { systemEntities } from '../../src/engine/system/entities.ts';
import { isLocale } from '../../src/lib/locale.ts';
import { project } from './sample-project.ts';
import { mistakesOfText } from './typography.ts';

const names = (found: readonly { readonly one: string; readonly many: string }[]): string[] =>
  found.map(({ one, many }) => `${one} ${many}`).sort();
const declared = (list: readonly { readonly name: string; readonly plural: string }[]): string[] =>
  list.map(({ name, plural }) => `${name} ${plural}`).sort();

describe('the declarations', () => {
  test('of the business are all in its list, and the text rules see each of them', () => {
    expect(names(declaredEntities(project, 'src/crm'))).toEqual(declared(entities));
  });

  test('of the engine are all in its list, and the text rules see each of them', () => {
    expect(names(declaredEntities(project, 'src/engine/system'))).toEqual(declared(systemEntities));
  });

  test('speak every language properly', () => {
    expect(mistakesInLabels([...systemEntities, ...entities, ...lists], 'declarations')).toEqual([]);
  });
});

/** What is wrong with any `Labels` in `value`, however deep. */
function mistakesInLabels(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value);
  const isLabels =
    members.length > 0 && members.every(([key, text]) => isLocale(key) && typeof text === 'string');
  return members.flatMap(([key, member]: [string, unknown]) => {
    const here = `${path}.${hasName(member) ? member.name : key}`;
    if (isLabels && isLocale(key))
      return mistakesOfText(key, String(member)).map((mistake) => `${here}: ${mistake}`);
    return mistakesInLabels(member, here);
  });
}

const hasName = (value: unknown): value is { readonly name: string } =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
