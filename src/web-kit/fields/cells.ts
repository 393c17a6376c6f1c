import type { ComponentType } from 'react';
import type { CellProps } from '../../fields/field-view.tsx';

/** The cell of each field type: `Cell` of `src/fields/<type>/<type>.cell.tsx`. */
const found = import.meta.glob<ComponentType<CellProps>>('../../fields/*/*.cell.tsx', {
  eager: true,
  import: 'Cell',
});

/** Cells by field type. */
export const cells: ReadonlyMap<string, ComponentType<CellProps>> = new Map(
  Object.entries(found).map(([path, cell]) => [path.split('/').at(-2) ?? path, cell]),
);
