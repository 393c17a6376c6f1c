import { fold } from '../../lib/fold.ts';

/** A code that programs can write, of a name: `Field sales` → `field-sales`. */
export const codeFrom = (name: string): string =>
  fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
