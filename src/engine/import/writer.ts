import type { Ctx } from '../ctx.ts';
import type { ImportPlan } from './plan.ts';
import type { FileRow, TableReader } from './read/table-reader.ts';
import type { StoredBatch } from './stored-batch.ts';
import type { ChunkDone } from './write-rows.ts';

/** A file whose turn has come. */
export interface OnItsWay {
  readonly file: StoredBatch;
  readonly plan: ImportPlan;
  readonly reader: TableReader;
}

/** Where rows are written to: for good, or on trial. */
export interface Writer {
  /** Sees what was written so far. */
  readonly look: Ctx;
  begin(file: StoredBatch): Promise<OnItsWay>;
  /** Does a piece of work with what became of its rows, all or nothing; of rows that waited, they wait no more. */
  write(on: OnItsWay, work: (ctx: Ctx) => Promise<ChunkDone>, waited?: boolean): Promise<ChunkDone>;
  /** The rows that weren't dealt with yet. */
  undone(on: OnItsWay): AsyncIterable<FileRow>;
}
