import { oneOf, optional } from '../http/input.ts';

/** What becomes of new records that may be there already: created all the same unless told. */
export const whenDuplicate = optional(oneOf(['create', 'refuse']));
