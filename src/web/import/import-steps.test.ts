import { expect, test } from 'vitest';
import type { ImportState } from '../../model/import.ts';
import { withFiles } from './chosen-files.ts';
import { stepOf } from './import-steps.ts';
import { importedWhere } from './imported-where.ts';
import { otherSheets } from './mapping/other-sheets.ts';

const can = { map: false, check: false, run: false, cancel: false, undo: false, remove: false };

test('an import that runs, ran or was undone never leads back to its columns', () => {
  for (const state of ['running', 'done', 'undoing', 'undone'] as const)
    expect(stepOf({ state, can: { ...can, map: true } }, 'columns')).toBe('run');
  expect(stepOf({ state: 'checking', can }, 'columns')).toBe('check');
});

test('a checked import shows its check, and its columns when they are asked for', () => {
  expect(stepOf({ state: 'checked', can: { ...can, map: true } })).toBe('check');
  expect(stepOf({ state: 'checked', can: { ...can, map: true } }, 'columns')).toBe('columns');
  expect(stepOf({ state: 'draft', can: { ...can, map: true } })).toBe('columns');
});

test('what stopped stands at the check when nothing was written, else at the run', () => {
  expect(stepOf({ state: 'failed', can: { ...can, map: true } })).toBe('check');
  expect(stepOf({ state: 'failed', can: { ...can, undo: true } })).toBe('run');
  expect(stepOf({ state: 'cancelled', can: { ...can, map: true } }, 'columns')).toBe('columns');
  expect(stepOf({ state: 'cancelled', can: { ...can, undo: true } }, 'columns')).toBe('run');
});

test('the records of an import are those its author wrote while it ran', () => {
  const state: Pick<ImportState, 'startedAt' | 'finishedAt' | 'createdBy' | 'updated'> = {
    startedAt: '2026-11-22T08:00:00.000Z',
    finishedAt: '2026-11-22T08:01:00.000Z',
    createdBy: { id: '01900000-0000-7000-8000-000000000001', label: 'Ada' },
    updated: 0,
  };
  const range = '2026-11-22T08:00:00.000Z..2026-11-22T08:01:00.000Z';
  expect(importedWhere(state)).toBe(`createdBy = "${state.createdBy?.id}" and createdAt in ${range}`);
  expect(importedWhere({ ...state, updated: 2 })).toContain(`updatedAt in ${range}`);
  expect(importedWhere({ ...state, finishedAt: null, createdBy: null })).toBe('');
});

test('a file chosen again takes the place of the one of its name', () => {
  const [a, b, again] = [new File(['1'], 'a.csv'), new File(['2'], 'b.csv'), new File(['3'], 'a.csv')];
  expect(withFiles([a, b], [again])).toEqual([b, again]);
  expect(withFiles([], [b])).toEqual([b]);
});

test('sheets of a workbook are offered until they are imported too', () => {
  const sheet = (name: string, ...others: readonly string[]) => ({
    id: name,
    fileName: `book.xlsx · ${name}`,
    otherSheets: others,
  });
  expect(otherSheets([sheet('Accounts', 'Contacts', 'Deals')]).map((each) => each.sheet)).toEqual([
    'Contacts',
    'Deals',
  ]);
  const both = [sheet('Accounts', 'Contacts', 'Deals'), sheet('Deals', 'Accounts', 'Contacts')];
  expect(otherSheets(both)).toEqual([{ file: 'Deals', name: 'book.xlsx', sheet: 'Contacts' }]);
});
