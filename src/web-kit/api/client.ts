import { ApiProblem, Unreachable } from './problem.ts';

/** Values of a query string; what is empty is left out. */
export type Query = Readonly<
  Record<string, string | number | boolean | readonly string[] | null | undefined>
>;

/** What a call may carry besides its path. */
export interface CallOptions {
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** The methods of the API of one workspace; each answers the JSON body or throws `ApiProblem` or `Unreachable`. */
export interface Api {
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  put<T>(path: string, body?: unknown): Promise<T>;
  patch<T>(path: string, body?: unknown): Promise<T>;
  remove<T>(path: string, query?: Query, body?: unknown): Promise<T>;
  /** The address of a path, for downloads and uploads. */
  url(path: string, query?: Query): string;
}

/** The API below `base` (`/w/main/api/v1`), speaking the language that `locale()` tells. */
export function createApi(base: string, locale: () => string): Api {
  const url = (path: string, query?: Query): string => `${base}${path}${queryString(query)}`;

  async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    const isForm = options.body instanceof FormData;
    const headers: Record<string, string> = { accept: 'application/json', 'accept-language': locale() };
    if (options.body !== undefined && !isForm) headers['content-type'] = 'application/json';
    let response: Response;
    try {
      response = await fetch(url(path, options.query), {
        method,
        headers,
        credentials: 'same-origin',
        ...(options.body === undefined ? {} : { body: isForm ? options.body : JSON.stringify(options.body) }),
        ...(options.signal ? { signal: options.signal } : {}),
      });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new Unreachable(error);
    }
    const answer = await bodyOf(response);
    if (response.ok) return answer as T;
    if (isGateway(response, answer)) throw new Unreachable(response.status);
    throw new ApiProblem(response.status, (answer ?? {}) as Record<string, unknown>);
  }

  return {
    get: (path, query, signal) =>
      call('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) }),
    post: (path, body) => call('POST', path, { body }),
    put: (path, body) => call('PUT', path, { body }),
    patch: (path, body) => call('PATCH', path, { body }),
    remove: (path, query, body) => call('DELETE', path, { ...(query ? { query } : {}), body }),
    url,
  };
}

/** A proxy's own answer while the server behind it is away. */
const isGateway = (response: Response, answer: unknown): boolean =>
  [502, 503, 504].includes(response.status) && answer === null;

async function bodyOf(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? '';
  if (response.status === 204 || !type.includes('json')) return null;
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function queryString(query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '' || value === false) continue;
    const text = Array.isArray(value) ? value.join(',') : value === true ? '1' : String(value);
    if (text !== '') params.set(name, text);
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}
