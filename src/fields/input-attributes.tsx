import { InputWrapperContext } from '@mantine/core';
import { type ReactNode, useContext } from 'react';
import type { InputProps } from './field-input.tsx';

/** What every input passes on to the box one types into: its name, its state, what describes it. */
export function inputAttributes(props: InputProps) {
  const { id, field, error, disabled, autoFocus, compact, describedBy, onBlur } = props;
  return {
    id,
    error: Boolean(error),
    required: field.required,
    disabled: disabled ?? false,
    size: compact ? ('xs' as const) : ('sm' as const),
    autoComplete: 'off',
    ...(autoFocus ? { autoFocus: true, 'data-autofocus': true } : {}),
    ...(onBlur ? { onBlur } : {}),
    ...(describedBy ? { inputContainer: describedAs(describedBy) } : {}),
  };
}

/** Tells the input inside which elements describe it; help and errors stand outside of its own box. */
const describedAs = (ids: string) =>
  function container(children: ReactNode): ReactNode {
    return <Described ids={ids}>{children}</Described>;
  };

function Described({ ids, children }: { readonly ids: string; readonly children: ReactNode }) {
  const outer = useContext(InputWrapperContext);
  return <InputWrapperContext value={{ ...outer, describedBy: ids }}>{children}</InputWrapperContext>;
}

/** Names the list that an input opens, and makes it a part of the page for those who move by landmarks. */
export const listAttributes = (label: string) => ({
  'aria-label': label,
  attributes: { dropdown: { role: 'region', 'aria-label': label } },
});
