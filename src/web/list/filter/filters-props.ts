import type { EntityDescription } from '../../../model/description.ts';

/** What every face of the filters takes. */
export interface FiltersProps {
  readonly entity: EntityDescription;
  /** The expression, as it stands in the address. */
  readonly where: string | undefined;
  readonly onChange: (where: string | undefined) => void;
  /** What the server said against the expression. */
  readonly error: Error | null;
}
