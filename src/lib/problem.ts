import type { Locale } from './locale.ts';
import { type Message, type MessageParams, message, tell } from './message.ts';

/** One thing wrong with one field of what was sent; a record's mistakes are all reported at once. */
export interface Mistake {
  /** Path of the field, as the sender wrote it: `amount.currency`, `[3].name` in a list of records. */
  readonly field: string;
  readonly message: Message;
  readonly params?: MessageParams;
  /** The refused value, shortened by the door when long. */
  readonly value?: unknown;
}

/** Why a request is refused: the HTTP status and the title that goes with each stable code. */
export const problemKinds = {
  malformed: {
    status: 400,
    title: message(
      'malformed',
      'The request can’t be read',
      'La requête est illisible',
      'La petición no se puede leer',
    ),
  },
  'bad-expression': {
    status: 400,
    title: message(
      'bad-expression',
      'The filter has a mistake',
      'Le filtre contient une erreur',
      'El filtro tiene un error',
    ),
  },
  unauthenticated: {
    status: 401,
    title: message('unauthenticated', 'Sign in first', 'Connectez-vous d’abord', 'Inicie sesión primero'),
  },
  forbidden: {
    status: 403,
    title: message(
      'forbidden',
      'You may not do this',
      'Vous n’avez pas ce droit',
      'No tiene permiso para esto',
    ),
  },
  'not-found': { status: 404, title: message('not-found', 'Not found', 'Introuvable', 'No encontrado') },
  'method-not-allowed': {
    status: 405,
    title: message(
      'method-not-allowed',
      'This address doesn’t take that method',
      'Cette adresse n’accepte pas cette méthode',
      'Esta dirección no acepta ese método',
    ),
  },
  conflict: {
    status: 409,
    title: message(
      'conflict',
      'Somebody changed this meanwhile',
      'Quelqu’un a modifié ceci entre-temps',
      'Alguien ha cambiado esto mientras tanto',
    ),
  },
  duplicate: {
    status: 409,
    title: message(
      'duplicate-title',
      'This may be there already',
      'Cette fiche existe peut-être déjà',
      'Este registro quizá ya exista',
    ),
  },
  'too-large': {
    status: 413,
    title: message('too-large', 'Too large', 'Trop volumineux', 'Demasiado grande'),
  },
  'unsupported-media': {
    status: 415,
    title: message(
      'unsupported-media',
      'This kind of content isn’t taken here',
      'Ce type de contenu n’est pas accepté ici',
      'Este tipo de contenido no se acepta aquí',
    ),
  },
  invalid: {
    status: 422,
    title: message(
      'invalid',
      'Some values need correcting',
      'Certaines valeurs sont à corriger',
      'Hay valores que corregir',
    ),
  },
  'too-many': {
    status: 429,
    title: message('too-many', 'Too many requests', 'Trop de requêtes', 'Demasiadas peticiones'),
  },
  internal: {
    status: 500,
    title: message(
      'internal',
      'Something went wrong on our side',
      'Une erreur est survenue de notre côté',
      'Algo ha fallado por nuestra parte',
    ),
  },
  'not-ready': {
    status: 503,
    title: message('not-ready', 'Not ready yet', 'Pas encore prêt', 'Aún no está listo'),
  },
} as const satisfies Record<string, { status: number; title: Message }>;

/** The stable code of a refusal. */
export type ProblemCode = keyof typeof problemKinds;

/** What a refusal carries besides its code. */
export interface ProblemDetail {
  /** The sentence that says what is wrong and what to do. */
  readonly message?: Message;
  readonly params?: MessageParams;
  readonly mistakes?: readonly Mistake[];
  /** Further members of the problem document, e.g. `{ current, yours }` of a conflict. Never secrets. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A refusal that a person may read; anything else thrown is shown as `internal` and logged. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: ProblemDetail;

  constructor(code: ProblemCode, detail: ProblemDetail = {}) {
    const mistakes = detail.mistakes?.map((m) => `${m.field}: ${tell('en', m.message, m.params)}`).join('; ');
    super(
      detail.message
        ? tell('en', detail.message, detail.params)
        : (mistakes ?? tell('en', problemKinds[code].title)),
    );
    this.name = 'Problem';
    this.code = code;
    this.detail = detail;
  }
}

/** The RFC 9457 document of a refusal, in the reader's language. */
export function problemDocument(problem: Problem, locale: Locale): Record<string, unknown> {
  const kind = problemKinds[problem.code];
  const { message: said, params, mistakes, extra } = problem.detail;
  return {
    ...extra,
    type: `/problems/${problem.code}`,
    title: tell(locale, kind.title),
    status: kind.status,
    code: said?.code ?? problem.code,
    ...(said ? { detail: tell(locale, said, params) } : {}),
    ...(mistakes
      ? {
          mistakes: mistakes.map((mistake) => ({
            field: mistake.field,
            code: mistake.message.code,
            message: tell(locale, mistake.message, mistake.params),
            ...(mistake.value === undefined ? {} : { value: shortened(mistake.value) }),
          })),
        }
      : {}),
  };
}

/** A refused value cut to what a person can read. */
function shortened(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text !== undefined && text.length > 200 ? `${text.slice(0, 200)}…` : value;
}
