import type { InputProps } from '../field-input.tsx';
import { RecordPicker } from '../record-picker.tsx';

/** A record of one of several entities, found by a few letters. */
export function Input(props: InputProps) {
  return (
    <RecordPicker
      {...props}
      entities={props.field.to}
      toValue={({ entity, id, label }) => ({ entity, id, label })}
    />
  );
}
