/** PostgreSQL's code of an error, such as `55P03`; null when it isn't PostgreSQL's. */
export function databaseCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

/** What PostgreSQL said, with its detail: `Key (name_fold)=(acme) is duplicated.` */
export function databaseText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const detail = 'detail' in error && typeof error.detail === 'string' ? ` ${error.detail}` : '';
  return `${error.message}.${detail}`;
}
