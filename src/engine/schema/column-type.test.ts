import { describe, expect, test } from 'vitest';
import { catalogType, isWidening, wantedColumn } from './column-type.ts';

describe('the type of a column', () => {
  test.each([
    ['timestamptz', 'timestamp with time zone'],
    ['timestamptz(3)', 'timestamp(3) with time zone'],
    ['int', 'integer'],
    ['int8', 'bigint'],
    ['bool', 'boolean'],
    ['numeric(19, 4)', 'numeric(19,4)'],
    ['uuid[]', 'uuid[]'],
    ['varchar(20)', 'character varying(20)'],
  ])('%s is what the catalog prints as %s', (written, printed) => {
    expect(catalogType(written)).toBe(printed);
  });

  test('is read with its collation, default and whether it may be empty', () => {
    expect(wantedColumn('a', 'text collate "C"')).toMatchObject({
      type: 'text',
      collation: 'C',
      notNull: false,
    });
    expect(wantedColumn('a', "uuid[] not null default '{}'")).toEqual({
      name: 'a',
      type: 'uuid[]',
      collation: null,
      notNull: true,
      default: "'{}'",
    });
    expect(() => wantedColumn('a', 'text; drop table b')).toThrow(/can’t be read/);
  });

  test.each([
    ['bigint', 'integer'],
    ['numeric(19,4)', 'numeric(19,2)'],
    ['numeric(19,4)', 'numeric(19,6)'],
    ['numeric', 'numeric(19,4)'],
    ['bigint', 'numeric(19,4)'],
    ['text', 'character varying(20)'],
    ['character varying(20)', 'character varying(10)'],
    ['text', 'uuid'],
    ['date', 'timestamp with time zone'],
    ['integer', 'text'],
  ])('%s doesn’t widen to %s', (from, to) => {
    expect(isWidening(from, to)).toBe(false);
  });

  test.each([
    ['integer', 'bigint'],
    ['integer', 'numeric(19,4)'],
    ['bigint', 'numeric'],
    ['numeric(19,4)', 'numeric(21,6)'],
    ['numeric(19,4)', 'numeric'],
    ['character varying(20)', 'text'],
    ['character varying(20)', 'character varying(30)'],
  ])('%s widens to %s', (from, to) => {
    expect(isWidening(from, to)).toBe(true);
  });
});
