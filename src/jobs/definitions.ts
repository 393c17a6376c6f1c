import { importJob } from './import.job.ts';
import type { Job } from './job.ts';
import { sweepJob } from './sweep.job.ts';

/** Every kind of job. */
export const jobs: readonly Job[] = [importJob, sweepJob];
