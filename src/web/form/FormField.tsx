import type { FieldDescription } from '../../model/description.ts';
import { FieldCell } from '../../web-kit/fields/FieldCell.tsx';
import { inputs } from '../../web-kit/fields/inputs.ts';
import classes from './FormField.module.css';
import type { FieldMistake } from './mistakes.ts';

/** A field of a form: its name, its input, its help, and what is wrong with it. */
export function FormField({
  id,
  field,
  value,
  onChange,
  mistake,
  autoFocus,
  compact,
  disabled,
  hasLabel = true,
}: {
  readonly id: string;
  readonly field: FieldDescription;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly mistake?: FieldMistake | undefined;
  readonly autoFocus?: boolean;
  readonly compact?: boolean;
  readonly disabled?: boolean;
  readonly hasLabel?: boolean;
}) {
  const Input = inputs.get(field.type);
  const isEditable = Input !== undefined && !field.readOnly;
  const toldByParts = new Set(['address', 'person-name']);
  const words = [
    ...(mistake?.own ? [mistake.own] : []),
    ...(mistake && !toldByParts.has(field.type) ? Object.values(mistake.parts) : []),
  ];
  const errorId = `${id}-error`;
  const helpId = `${id}-help`;
  const describedBy = [...(words.length > 0 ? [errorId] : []), ...(field.help ? [helpId] : [])].join(' ');
  return (
    <div className={classes.field} data-field={field.name}>
      {hasLabel ? (
        <label htmlFor={isEditable ? id : undefined} className={classes.label}>
          {field.label}
          {field.required && isEditable ? (
            <span aria-hidden className={classes.required}>
              *
            </span>
          ) : null}
        </label>
      ) : null}
      {isEditable ? (
        <Input
          id={id}
          field={field}
          value={value ?? null}
          onChange={onChange}
          error={words[0]}
          partErrors={mistake?.parts}
          autoFocus={autoFocus}
          compact={compact}
          disabled={disabled}
          describedBy={describedBy || undefined}
        />
      ) : (
        <div className={classes.fixed}>
          <FieldCell field={field} value={value} />
        </div>
      )}
      {words.length > 0 ? (
        <div id={errorId} className={classes.error}>
          {words.map((word) => (
            <div key={word}>{word}</div>
          ))}
        </div>
      ) : null}
      {field.help ? (
        <div id={helpId} className={classes.help}>
          {field.help}
        </div>
      ) : null}
    </div>
  );
}
