/** `accountContacts` → `account_contacts`, `account-contact` → `account_contact`: a name as SQL columns write it. */
export const snakeCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/-/g, '_')
    .toLowerCase();
