import type { InputProps } from '../field-input.tsx';
import { RecordPicker } from '../record-picker.tsx';

/** A record of one entity, found by a few letters. */
export function Input(props: InputProps) {
  return <RecordPicker {...props} entities={props.field.to} toValue={({ id, label }) => ({ id, label })} />;
}
