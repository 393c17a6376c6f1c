import type { FilterRow, RowItem, RowValue } from '../../../expression/rows.ts';
import type { Choice, Subject } from './filter-kinds.ts';

/** A filter being written: what its inputs hold. */
export interface Draft {
  readonly choice: Choice;
  /** The single value, or the lower bound of a range. */
  readonly value: string;
  /** The upper bound of a range. */
  readonly until: string;
  /** Codes, or ids of records; `me` stands bare. */
  readonly items: readonly string[];
}

/** An empty draft of an operator. */
export const emptyDraft = (choice: Choice): Draft => ({ choice, value: '', until: '', items: [] });

const bareWord = /^(?:me|my teams)$/;

/** Whether the text of a value stands without quotation marks for this subject. */
function rowValue(subject: Subject, text: string): RowValue {
  switch (subject.kind) {
    case 'number':
      return { bare: plainNumber(text) };
    case 'day':
    case 'moment':
    case 'yes-no':
      return { bare: text };
    case 'records':
      return bareWord.test(text) ? { bare: text } : text;
    default:
      return text;
  }
}

/** `1 234,5` and `1,234.5` as the language writes numbers: `1234.5`. */
export function plainNumber(text: string): string {
  const bare = text.replace(/[\s\u00a0\u202f'’]/g, '');
  const [last] = [...bare.matchAll(/[.,]/g)].slice(-1);
  if (!last) return bare;
  const marks = new Set(bare.match(/[.,]/g));
  const isGrouping = marks.size === 1 && /^-?\d{1,3}([.,]\d{3}){2,}$/.test(bare);
  if (isGrouping) return bare.replace(/[.,]/g, '');
  const at = last.index;
  return `${bare.slice(0, at).replace(/[.,]/g, '')}.${bare.slice(at + 1)}`;
}

/** The row a draft stands for, or null while it says nothing yet. */
export function rowOfDraft(subject: Subject, draft: Draft): FilterRow | null {
  const { path } = subject;
  const { choice, value, until, items } = draft;
  if (choice === 'is empty' || choice === 'is not empty') return { path, op: choice, value: null };
  if (choice === 'in' || choice === 'not in') {
    return items.length === 0
      ? null
      : { path, op: choice, value: items.map((item) => rowValue(subject, item)) };
  }
  if (choice === 'between') {
    if (value.trim() === '' && until.trim() === '') return null;
    const from = value.trim() === '' ? null : rowValue(subject, value.trim());
    const to = until.trim() === '' ? null : rowValue(subject, until.trim());
    return { path, op: 'in', value: [{ from, to }] };
  }
  return value.trim() === '' ? null : { path, op: choice, value: rowValue(subject, value.trim()) };
}

const textOf = (value: RowValue): string => (typeof value === 'string' ? value : value.bare);
const isRange = (item: RowItem): item is Exclude<RowItem, RowValue> =>
  typeof item === 'object' && 'from' in item;

/** Whether the inputs of a subject can hold a value: another field or a calculation they can't. */
function isShowable(subject: Subject, value: RowValue | null): boolean {
  if (value === null || typeof value === 'string') return true;
  switch (subject.kind) {
    case 'text':
      return false;
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(value.bare);
    case 'day':
      return /^\d{4}-\d\d-\d\d$/.test(value.bare) || daysFromToday(value.bare) !== null;
    case 'moment':
      return /^\d{4}-\d\d-\d\d(T|$)/.test(value.bare) || daysFromToday(value.bare) !== null;
    case 'yes-no':
      return /^(?:true|false)$/i.test(value.bare);
    case 'codes':
      return subject.field.values.some(({ code }) => code === value.bare);
    case 'records':
      return bareWord.test(value.bare);
  }
}

const valuesIn = (value: FilterRow['value']): readonly (RowValue | null)[] => {
  const items = Array.isArray(value) ? (value as readonly RowItem[]) : [value as RowValue | null];
  return items.flatMap((item) => (item !== null && isRange(item) ? [item.from, item.to] : [item]));
};

/** The draft that stands for a row, or null when the inputs can't show it: then it stays text. */
export function draftOfRow(subject: Subject, row: FilterRow, offered: readonly Choice[]): Draft | null {
  if (!valuesIn(row.value).every((value) => isShowable(subject, value))) return null;
  const list = Array.isArray(row.value) ? (row.value as readonly RowItem[]) : null;
  const op = offered.find((choice) => choice === row.op);
  if (row.value === null) return op ? emptyDraft(op) : null;
  if (list) {
    const [only] = list;
    if (list.length === 1 && only !== undefined && isRange(only)) {
      if (row.op !== 'in' || !offered.includes('between')) return null;
      return {
        choice: 'between',
        value: only.from ? textOf(only.from) : '',
        until: only.to ? textOf(only.to) : '',
        items: [],
      };
    }
    if (list.some(isRange) || !op) return null;
    return { ...emptyDraft(op), items: (list as readonly RowValue[]).map(textOf) };
  }
  const text = textOf(row.value as RowValue);
  // One code or record compared by `=` is a list of one.
  if (
    (row.op === '=' || row.op === '<>') &&
    offered.includes('in') &&
    (subject.kind === 'codes' || subject.kind === 'records')
  ) {
    return { ...emptyDraft(row.op === '=' ? 'in' : 'not in'), items: [text] };
  }
  if (subject.kind === 'yes-no') {
    if (text !== 'true' && text !== 'false') return null;
    return { ...emptyDraft('='), value: row.op === '=' ? text : text === 'true' ? 'false' : 'true' };
  }
  return op ? { ...emptyDraft(op), value: text } : null;
}

/** `today - 7` as a number of days from today; null when a day is meant otherwise. */
export function daysFromToday(text: string): number | null {
  const found = /^today(?:\s*([+-])\s*(\d{1,5}))?$/i.exec(text.trim());
  if (!found) return null;
  const days = Number(found[2] ?? 0);
  return found[1] === '-' ? -days : days;
}

/** A number of days from today as the language writes it. */
export const fromToday = (days: number): string =>
  days === 0 ? 'today' : `today ${days < 0 ? '-' : '+'} ${Math.abs(days)}`;
