import { administratorOfApp } from './real-app.ts';

/** An API key of the administrator of a real app. */
export async function newKey(address: string): Promise<string> {
  const send = (path: string, body: object, cookie = ''): Promise<Response> =>
    fetch(`${address}/w/main/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie },
      body: JSON.stringify(body),
    });
  const signedIn = await send('/session', administratorOfApp);
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const made = (await (await send('/keys', { name: 'load' }, cookie)).json()) as { key: string };
  return made.key;
}
