import { resolve } from 'node:path';

/** A path as meant where the command was typed; npm runs it in the project's folder. */
export const nearPath = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);
