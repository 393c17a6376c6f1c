import { describe, expect, it } from 'vitest';
import { conjunction, rowsOf } from '../../../expression/rows.ts';
import type { FieldDescription } from '../../../model/description.ts';
import { operatorsOf, type Subject, type ValueKind } from './filter-kinds.ts';
import { daysFromToday, draftOfRow, emptyDraft, fromToday, plainNumber, rowOfDraft } from './filter-value.ts';

const subject = (path: string, kind: ValueKind): Subject => ({
  path,
  label: path,
  group: null,
  kind,
  field: {} as FieldDescription,
});
const again = (of: Subject, text: string) => {
  const [row] = rowsOf(text) ?? [];
  if (!row) throw new Error(`${text} is no row`);
  return draftOfRow(of, row, operatorsOf(of.kind));
};

describe('a filter of the bar', () => {
  it('is no filter while its value is empty', () => {
    expect(rowOfDraft(subject('name', 'text'), emptyDraft('contains'))).toBeNull();
    expect(rowOfDraft(subject('stage', 'codes'), emptyDraft('in'))).toBeNull();
    expect(rowOfDraft(subject('amount', 'number'), { ...emptyDraft('between'), value: ' ' })).toBeNull();
  });

  it('leaves to the text what its inputs can’t show', () => {
    expect(again(subject('name', 'text'), 'name = account.name')).toBeNull();
    expect(again(subject('amount', 'number'), 'amount > revenue')).toBeNull();
    expect(again(subject('amount', 'number'), 'amount in 5 + 5..20')).toBeNull();
    expect(again(subject('closeDate', 'day'), 'closeDate < today + 1 month')).toBeNull();
    expect(again(subject('createdAt', 'moment'), 'createdAt >= now - 12 hours')).toBeNull();
    expect(again(subject('owner', 'records'), 'owner = createdBy')).toBeNull();
    expect(
      again({ ...subject('stage', 'codes'), field: { values: [] } as never }, 'stage = kind'),
    ).toBeNull();
    expect(again(subject('amount', 'number'), 'amount not in (1..2)')).toBeNull();
    expect(again(subject('active', 'yes-no'), 'active = other')).toBeNull();
  });

  it('can’t be broken out of by quotation marks', () => {
    const row = rowOfDraft(subject('name', 'text'), { ...emptyDraft('contains'), value: 'a" or "b' });
    expect(conjunction(row ? [row] : [])).toBe('name contains "a"" or ""b"');
  });

  it.each([
    ['text', { ...emptyDraft('starts with'), value: 'Été' }],
    ['number', { ...emptyDraft('between'), value: '10', until: '20.5' }],
    ['number', { ...emptyDraft('between'), value: '10' }],
    ['day', { ...emptyDraft('>='), value: 'today - 7' }],
    ['day', { ...emptyDraft('='), value: '2026-11-22' }],
    ['codes', { ...emptyDraft('not in'), items: ['closed-won', 'x y'] }],
    ['records', { ...emptyDraft('in'), items: ['me', '01a20232-71c7-7000-b2e0-4ac000cbc64f'] }],
    ['yes-no', { ...emptyDraft('='), value: 'true' }],
    ['text', emptyDraft('is empty')],
  ] as const)('of kind %s comes back as it was written', (kind, draft) => {
    const of = subject('field', kind);
    const row = rowOfDraft(of, draft);
    expect(again(of, conjunction(row ? [row] : []))).toEqual(draft);
  });

  it('reads numbers as people write them', () => {
    expect(['1 234,5', '1,234.5', '1.234.567', '12,50', '-7', '1 000'].map(plainNumber)).toEqual([
      '1234.5',
      '1234.5',
      '1234567',
      '12.50',
      '-7',
      '1000',
    ]);
  });

  it('counts days from today both ways', () => {
    expect(['today', 'today - 7', 'today+30', '2026-11-22', 'today + 1 month'].map(daysFromToday)).toEqual([
      0,
      -7,
      30,
      null,
      null,
    ]);
    expect([0, -7, 30].map(fromToday)).toEqual(['today', 'today - 7', 'today + 30']);
  });
});
