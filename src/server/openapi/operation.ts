import { type Json, ref } from './schema-parts.ts';

/** What one operation is made of. */
export interface OperationParts {
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly parameters?: readonly Json[];
  readonly body?: Json;
  /** Status and schema of the good answer; no schema is an empty one. */
  readonly answers: Readonly<Record<number, Json | null>>;
  /** Statuses of refusals besides those every operation has. */
  readonly refusals?: readonly number[];
}

const refusalTexts: Readonly<Record<number, string>> = {
  400: 'The request can’t be read',
  401: 'Not recognised',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Somebody changed the same field meanwhile',
  413: 'Too large',
  415: 'Not JSON',
  422: 'Values need correcting: every mistake is told by field',
  429: 'Too many requests',
};

/** An operation of the document; every refusal is a problem document. */
export function operation(parts: OperationParts): Json {
  const refusals = [
    400,
    401,
    403,
    404,
    ...(parts.body ? [413, 415, 422] : []),
    ...(parts.refusals ?? []),
    429,
  ];
  return {
    operationId: parts.id,
    tags: [parts.tag],
    summary: parts.summary,
    ...(parts.parameters?.length ? { parameters: parts.parameters } : {}),
    ...(parts.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: parts.body } } } }
      : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(parts.answers).map(([status, schema]) => [
          status,
          { description: 'Done', ...(schema ? { content: { 'application/json': { schema } } } : {}) },
        ]),
      ),
      ...Object.fromEntries(
        [...new Set(refusals)].map((status) => [
          String(status),
          {
            description: refusalTexts[status] ?? 'Refused',
            content: { 'application/problem+json': { schema: ref('Problem') } },
          },
        ]),
      ),
    },
  };
}

/** A parameter after the question mark. */
export const query = (name: string, schema: Json, description: string): Json => ({
  name,
  in: 'query',
  schema,
  description,
});

/** The id in an address. */
export const pathIdParameter: Json = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
};

/** The id of an event in an address below a record's history. */
export const pathEventParameter: Json = { ...pathIdParameter, name: 'event' };
