import about from '../../../package.json' with { type: 'json' };

/** The version of this program. */
export const productVersion: string = about.version;

/** True when `version` is a later one than `than`; both are `major.minor.patch`. */
export function isLater(version: string, than: string): boolean {
  const [first, second] = [version, than].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number));
  for (const [position, part] of (first ?? []).entries()) {
    const other = second?.[position] ?? 0;
    if (part !== other) return part > other;
  }
  return false;
}
