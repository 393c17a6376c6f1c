import { describe, expect, test } from 'vitest';
import type { ImportMapping, ImportTarget, UnknownValue } from '../../../model/import.ts';
import {
  becomes,
  choiceText,
  columnOf,
  commonChoice,
  missingTargets,
  retargeted,
  sharing,
  textChoice,
  withColumn,
  withOption,
  withPolicy,
  withSetting,
} from './mapping-edit.ts';

const mapping: ImportMapping = {
  source: 'npsp',
  match: 'externalKey',
  columns: [
    { column: 'Id', to: 'externalKey' },
    { column: 'Stage', to: 'stage', unknown: 'create', values: { Won: 'closed-won' } },
  ],
};
const unknown = (value: string, more: Partial<UnknownValue> = {}): UnknownValue => ({
  value,
  rows: 1,
  suggestion: null,
  becomes: { refuse: true },
  ...more,
});
const target = (to: string, required = true): ImportTarget => ({
  to,
  label: to,
  kind: 'field',
  type: 'text',
  required,
  isMatch: false,
  entity: null,
  values: [],
  canCreateValues: false,
});

describe('editing a mapping', () => {
  test('leaves out what a column no longer is', () => {
    const next = withColumn(mapping, ['Id', 'Stage'], retargeted('Stage', 'nextStep'));
    expect(next.columns[1]).toEqual({ column: 'Stage', to: 'nextStep' });
    expect(mapping.columns[1]?.to).toBe('stage');
  });

  test('keeps every column of the file, in its order', () => {
    const next = withColumn(mapping, ['Id', 'Name', 'Stage'], { column: 'Name', to: 'name' });
    expect(next.columns.map(({ column }) => column)).toEqual(['Id', 'Name', 'Stage']);
    expect(columnOf(next, 'Amount')).toEqual({ column: 'Amount', to: null });
  });

  test('takes settings back altogether', () => {
    expect(withOption({ ...mapping, currency: 'EUR' }, 'currency', undefined)).not.toHaveProperty('currency');
    expect(withSetting({ column: 'A', to: 'account', by: 'key' }, 'by', undefined)).toEqual({
      column: 'A',
      to: 'account',
    });
  });

  test('lets the word on one value win over the column’s, and that over the server’s', () => {
    const stage = columnOf(mapping, 'Stage');
    expect(becomes(stage, unknown('Won'))).toBe('closed-won');
    expect(becomes(stage, unknown('Odd'))).toEqual({ create: true });
    expect(becomes({ column: 'Stage', to: 'stage' }, unknown('Odd'))).toEqual({ refuse: true });
  });

  test('says one thing of all values, and tells when they differ', () => {
    const values = [unknown('Won'), unknown('Odd')];
    expect(commonChoice(columnOf(mapping, 'Stage'), values)).toBeNull();
    const all = withPolicy(columnOf(mapping, 'Stage'), 'empty');
    expect(all).toEqual({ column: 'Stage', to: 'stage', unknown: 'empty' });
    expect(commonChoice(all, values)).toBe('do:empty');
  });

  test('writes choices as values of a select and reads them back', () => {
    for (const choice of ['closed-won', { create: true }, { empty: true }, { refuse: true }] as const)
      expect(textChoice(choiceText(choice))).toEqual(choice);
  });

  test('names the columns that fill the same target', () => {
    const two = withColumn(mapping, ['Id', 'Stage', 'Phase'], { column: 'Phase', to: 'stage' });
    expect(sharing(two, columnOf(two, 'Phase'))).toEqual(['Stage']);
    expect(sharing(two, { column: 'Other', to: null })).toEqual([]);
  });

  test('finds what new records still need; a part fills its field, a field its parts', () => {
    const targets = [target('name'), target('name.last'), target('closeDate'), target('nextStep', false)];
    expect(missingTargets(targets, mapping).map(({ to }) => to)).toEqual(['name', 'name.last', 'closeDate']);
    const named = withColumn(mapping, ['Id', 'Last'], { column: 'Last', to: 'name.last' });
    expect(missingTargets(targets, named).map(({ to }) => to)).toEqual(['closeDate']);
    const whole = withColumn(mapping, ['Id', 'Name'], { column: 'Name', to: 'name' });
    const given = withOption(whole, 'constants', [{ to: 'closeDate', value: '2026-12-31' }]);
    expect(missingTargets(targets, given)).toEqual([]);
  });
});
