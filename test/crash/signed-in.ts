import { administratorOfApp, type RealApp } from './real-app.ts';

/** Asks as a signed-in browser does; a refusal is thrown. */
export type Ask = <T>(method: string, path: string, body?: FormData | object) => Promise<T>;

/** Signs in as the administrator, at whichever process serves the app by now. */
export async function signIn(app: RealApp): Promise<Ask> {
  const json = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const at = (path: string): string => `${app.address}/w/main/api/v1${path}`;
  const session = await fetch(at('/session'), {
    method: 'POST',
    headers: json,
    body: JSON.stringify(administratorOfApp),
  });
  const cookie = (session.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return async <T>(method: string, path: string, body?: FormData | object): Promise<T> => {
    const answer = await fetch(at(path), {
      method,
      ...(body instanceof FormData
        ? { headers: { cookie, 'sec-fetch-site': 'same-origin' }, body }
        : body
          ? { headers: { ...json, cookie }, body: JSON.stringify(body) }
          : { headers: { cookie, 'sec-fetch-site': 'same-origin' } }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
}
