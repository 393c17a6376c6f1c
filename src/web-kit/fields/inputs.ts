import type { ComponentType } from 'react';
import type { InputProps } from '../../fields/field-input.tsx';

/** The input of each field type: `Input` of `src/fields/<type>/<type>.input.tsx`. */
const found = import.meta.glob<ComponentType<InputProps>>('../../fields/*/*.input.tsx', {
  eager: true,
  import: 'Input',
});

/** Inputs by field type; imported by forms and filters only, so that the first view doesn't carry them. */
export const inputs: ReadonlyMap<string, ComponentType<InputProps>> = new Map(
  Object.entries(found).map(([path, input]) => [path.split('/').at(-2) ?? path, input]),
);
