/** What the names of fields and entities begin with that an administrator declares, so that no later version takes them. */
const customField = /^x[A-Z][a-zA-Z0-9]*$/;
const customEntity = /^x(-[a-z0-9]+)+$/;

/** True for the name of a field, relation or link that an administrator declared: `xSegment`. */
export const isCustomField = (name: string): boolean => customField.test(name);

/** True for the name or plural of an entity that an administrator declared: `x-project`. */
export const isCustomEntity = (name: string): boolean => customEntity.test(name);

/** Longest name of a custom field or entity. */
export const longestCustomName = 40;

/** The name that follows from what people call a field: `Customer segment` → `xCustomerSegment`; null when no letter is left. */
export function fieldNameOf(label: string): string | null {
  const name = wordsOf(label)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const named = `x${name.replace(/^[0-9]+/, '')}`.slice(0, longestCustomName);
  return isCustomField(named) ? named : null;
}

/** The name that follows from what people call an entity: `Site visit` → `x-site-visit`; null when no letter is left. */
export function entityNameOf(label: string): string | null {
  const named = `x-${wordsOf(label).join('-')}`.slice(0, longestCustomName).replace(/-$/, '');
  return isCustomEntity(named) ? named : null;
}

const wordsOf = (label: string): readonly string[] =>
  label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .match(/[a-z0-9]+/g) ?? [];
