/** One mistake of what was sent, as the server tells it in the reader's language. */
export interface ToldMistake {
  /** Path of the field as it was sent: `name`, `amount.currency`, `[3].name`. */
  readonly field: string;
  readonly code: string;
  readonly message: string;
  readonly value?: unknown;
}

/** A refusal of the server: its RFC 9457 document as an error. */
export class ApiProblem extends Error {
  readonly status: number;
  /** Stable code of the kind (`invalid`, `conflict`, `not-found` …) or of the very sentence. */
  readonly code: string;
  readonly title: string;
  readonly mistakes: readonly ToldMistake[];
  /** The whole document; a conflict carries `conflicts` and `current`, a bad expression its positions. */
  readonly document: Readonly<Record<string, unknown>>;

  constructor(status: number, document: Readonly<Record<string, unknown>>) {
    const title = typeof document['title'] === 'string' ? document['title'] : `HTTP ${status}`;
    const mistakes = Array.isArray(document['mistakes'])
      ? (document['mistakes'] as readonly ToldMistake[])
      : [];
    super(typeof document['detail'] === 'string' ? document['detail'] : (mistakes[0]?.message ?? title));
    this.name = 'ApiProblem';
    this.status = status;
    this.code = typeof document['code'] === 'string' ? document['code'] : String(status);
    this.title = title;
    this.mistakes = mistakes;
    this.document = document;
  }

  /** The kind of refusal, whatever sentence it carries. */
  get kind(): string {
    const type = this.document['type'];
    return typeof type === 'string' ? (type.split('/').at(-1) ?? this.code) : this.code;
  }
}

/** The server didn't answer at all: no network, or it is being restarted. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('unreachable', { cause });
    this.name = 'Unreachable';
  }
}

/** Mistakes by field path, the first of each field; for forms. */
export function mistakesByField(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof ApiProblem)) return {};
  const found: Record<string, string> = {};
  for (const mistake of error.mistakes) found[mistake.field] ??= mistake.message;
  return found;
}
