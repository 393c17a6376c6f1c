import { buildWaitingJob } from './build-waiting.job.ts';
import { bulkJob } from './bulk.job.ts';
import { duplicatesJob } from './duplicates.job.ts';
import { importJob } from './import.job.ts';
import type { Job } from './job.ts';
import { searchRebuildJob } from './search-rebuild.job.ts';
import { sweepJob } from './sweep.job.ts';

/** Every kind of job. */
export const jobs: readonly Job[] = [
  buildWaitingJob,
  bulkJob,
  duplicatesJob,
  importJob,
  searchRebuildJob,
  sweepJob,
];
