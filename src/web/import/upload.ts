import type { ImportSet } from '../../model/import.ts';
import { ApiProblem, Unreachable } from '../../web-kit/api/problem.ts';
import { api } from '../data/api.ts';
import { currentLocale } from '../i18n/i18n.ts';

/** The largest file taken, in bytes. */
export const maxFileBytes = 2 * 1024 ** 3;

/** Sends files to be imported, telling the part sent (0 to 1); `fetch` can't tell how far an upload is. */
export function uploadImport(o: {
  readonly files: readonly File[];
  /** What all of them hold; null = it is told from each. */
  readonly entity: string | null;
  readonly signal: AbortSignal;
  readonly onProgress: (part: number) => void;
}): Promise<ImportSet> {
  const { promise, resolve, reject } = Promise.withResolvers<ImportSet>();
  const request = new XMLHttpRequest();
  request.open('POST', api.url('/import-sets'));
  request.setRequestHeader('accept', 'application/json');
  request.setRequestHeader('accept-language', currentLocale());
  request.upload.onprogress = ({ loaded, total }) => o.onProgress(total > 0 ? loaded / total : 0);
  request.onload = () => {
    const answer = parsed(request.responseText);
    if (request.status >= 200 && request.status < 300) resolve(answer as unknown as ImportSet);
    else if ([502, 503, 504].includes(request.status) && Object.keys(answer).length === 0)
      reject(new Unreachable(request.status));
    else reject(new ApiProblem(request.status, answer));
  };
  request.onerror = () => reject(new Unreachable(request.status));
  request.onabort = () => reject(new DOMException('the upload was cancelled', 'AbortError'));
  o.signal.addEventListener('abort', () => request.abort(), { once: true });

  const form = new FormData();
  if (o.entity !== null) form.append('entity', o.entity);
  for (const file of o.files) form.append('file', file);
  request.send(form);
  return promise;
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
