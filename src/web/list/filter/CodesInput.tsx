import { useState } from 'react';
import { fold } from '../../../lib/fold.ts';
import type { ValueDescription } from '../../../model/description.ts';
import { PickList } from './PickList.tsx';

const few = 10;

/** Chooses values of a closed or an administrator's list; those no longer offered can still be looked for. */
export function CodesInput({
  values,
  codes,
  onChange,
}: {
  readonly values: readonly ValueDescription[];
  readonly codes: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}) {
  const [text, setText] = useState('');
  const wanted = fold(text.trim());
  return (
    <PickList
      options={values
        .filter(({ code, label }) => codes.includes(code) || fold(label).includes(wanted))
        .map(({ code, label }) => ({ value: code, label }))}
      picked={codes}
      onChange={onChange}
      text={values.length > few ? text : null}
      onText={setText}
    />
  );
}
