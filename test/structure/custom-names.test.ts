import { expect, test } from 'vitest';
import { crmModel } from '../../src/server/app/crm-model.ts';

test('nothing declared in code takes a name that administrators’ own entities and fields have', () => {
  const entities = [...crmModel().entities.values()];
  const taken = [
    ...entities.map(({ name }) => name).filter((name) => name.startsWith('x-')),
    ...entities.flatMap(({ name, fields }) =>
      Object.keys(fields)
        .filter((field) => /^x[A-Z]/.test(field))
        .map((field) => `${name}.${field}`),
    ),
  ];
  expect(taken).toEqual([]);
});
