import { describe, expect, it } from 'vitest';
import { type SectionDraft, taking } from './section-draft.ts';

const one = { id: '01900000-0000-7000-8000-000000000001', label: 'Léa' };
const other = { id: '01900000-0000-7000-8000-000000000002', label: 'Zoé' };
const draft: SectionDraft = { isWanted: true, takesExisting: true, existing: one, fills: true, values: {} };

describe('the record that a section takes', () => {
  it('is filled only when that was asked of it, not of the one that was chosen before', () => {
    expect(taking(draft, other)).toEqual({ ...draft, existing: other, fills: false });
    expect(taking(draft, null)).toEqual({ ...draft, existing: null, fills: false });
  });

  it('stays as it was asked when it is chosen again', () => {
    expect(taking({ ...draft, takesExisting: false }, { ...one })).toEqual(draft);
  });
});
