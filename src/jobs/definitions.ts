import { buildWaitingJob } from './build-waiting.job.ts';
import { importJob } from './import.job.ts';
import type { Job } from './job.ts';

/** Every kind of job. */
export const jobs: readonly Job[] = [buildWaitingJob, importJob];
