import type { ValueDescription } from '../model/description.ts';

/** The hue of each colour name a value may carry; a name not listed is neutral. */
const hues: Readonly<Record<string, number>> = {
  red: 25,
  brick: 25,
  copper: 48,
  orange: 55,
  amber: 75,
  yellow: 90,
  lime: 120,
  green: 150,
  moss: 150,
  teal: 178,
  pine: 178,
  cyan: 205,
  blue: 250,
  indigo: 275,
  violet: 295,
  purple: 305,
  grape: 320,
  magenta: 340,
  pink: 0,
};

/** The colours an administrator may give to a value, in the order they are offered. */
export const toneNames = [
  'gray',
  'pine',
  'green',
  'lime',
  'amber',
  'orange',
  'red',
  'pink',
  'grape',
  'violet',
  'blue',
  'cyan',
] as const;

/** The style that colours an element of class `r-tone` (badge) or `r-tone-dot` (dot). */
export function toneStyle(color: string | null | undefined): Record<string, number> {
  const hue = color ? hues[color] : undefined;
  return hue === undefined
    ? { '--tone': 110, '--tone-c': 0.008, '--tone-ink-c': 0.014, '--tone-dot-c': 0.012 }
    : { '--tone': hue };
}

/** A value of a choice or a base-value list: a badge where it has a colour, plain text where it has none or the list no longer knows it. */
export function ValueBadge({
  code,
  values,
}: {
  readonly code: string;
  readonly values: readonly ValueDescription[];
}) {
  const value = values.find((candidate) => candidate.code === code);
  if (!value?.color) return <span className="r-ellipsis">{value?.label ?? code}</span>;
  return (
    <span className="r-tone" style={toneStyle(value.color)}>
      <span className="r-ellipsis">{value.label}</span>
    </span>
  );
}
