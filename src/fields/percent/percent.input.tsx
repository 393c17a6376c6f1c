import type { InputProps } from '../field-input.tsx';
import { NumberBox } from '../number-box.tsx';

/** A percentage: `12,5` means 12.5 %. */
export function Input({ onChange, ...props }: InputProps) {
  const withoutSign = (value: unknown): unknown =>
    typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.replace(/\s*%$/, ''))
      ? value.replace(/\s*%$/, '')
      : value;
  return (
    <NumberBox
      {...props}
      onChange={(value) => onChange(withoutSign(value))}
      unit={
        <span aria-hidden className="r-muted">
          %
        </span>
      }
    />
  );
}
