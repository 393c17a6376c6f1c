const rule = /^[a-z][a-z0-9-]{0,40}$/;

/** True when a workspace may be called that: it is part of addresses, cookies and API keys. */
export const isWorkspaceName = (name: string): boolean => rule.test(name);

/** The PostgreSQL schema of a workspace; a name that can't be one is refused. */
export function schemaOf(name: string): string {
  if (isWorkspaceName(name)) return `w_${name}`;
  throw new Error(
    `“${name}” can’t name a workspace: take 1 to 41 small letters a–z, digits and hyphens, beginning with a letter.`,
  );
}
