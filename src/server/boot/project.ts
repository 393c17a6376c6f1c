import { resolve } from 'node:path';

/** The folder of the project, wherever the command was called from. */
export const projectFolder = resolve(import.meta.dirname, '..', '..', '..');
