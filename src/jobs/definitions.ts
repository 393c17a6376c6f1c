import { importJob } from './import.job.ts';
import type { Job } from './job.ts';

/** Every kind of job. */
export const jobs: readonly Job[] = [importJob];
