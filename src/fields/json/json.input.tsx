import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { InputProps } from '../field-input.tsx';
import { inputAttributes } from '../input-attributes.tsx';

/** JSON as text; what can't be read yet is sent as the text it is, which the server then refuses by name. */
export function Input(props: InputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Textarea
      {...inputAttributes(props)}
      autosize
      spellCheck={false}
      minRows={props.compact ? 1 : 3}
      maxRows={18}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      value={typed ?? shown(props.value)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        props.onChange(readOr(text));
      }}
    />
  );
}

const shown = (value: unknown): string =>
  value === null || value === undefined ? '' : JSON.stringify(value, null, 2);

function readOr(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
