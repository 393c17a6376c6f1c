import { auth } from './bench-case.ts';
import { load, measured, request } from './load.ts';

/** What adding a field while people work came to, in milliseconds. */
export interface FieldAdded {
  readonly added: number;
  /** The slowest read and the slowest save of others meanwhile. */
  readonly slowestRead: number;
  readonly slowestSave: number;
  readonly deleted: number;
}

/** What `addField` needs: a door, an administrator's key, and a contact that others change meanwhile. */
export interface Door {
  readonly port: number;
  readonly admin: string;
  readonly key: string;
  readonly contact: { readonly id: string; readonly version: number };
}

/** Declares a field of contacts through the API while others read and save, then retires it and deletes its values. */
export async function addField(door: Door): Promise<FieldAdded> {
  const { contact } = door;
  const saves = load({
    port: door.port,
    connections: 1,
    seconds: 4,
    make: (n) =>
      request('PATCH', `/api/v1/contacts/${contact.id}`, auth(door.key), {
        version: contact.version + n,
        jobTitle: `Meanwhile ${n}`,
      }),
  });
  const reads = load({
    port: door.port,
    connections: 1,
    seconds: 4,
    make: () => request('GET', `/api/v1/contacts?sort=name&fields=name`, auth(door.key)),
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const asked = { entity: 'contact', type: 'text', labelEn: `Bench ${Date.now()}`, sortable: true };
  const [field, added] = await timed(() => send(door, 'POST', 'custom-fields', asked));
  const [read, saved] = [await reads, await saves];
  const failures = read.failures + saved.failures;
  if (failures > 0) throw new Error(`${failures} requests failed while a field was added`);
  const [id, name] = [String(field.id), String(field.name)];
  await send(door, 'DELETE', `custom-fields/${id}`);
  const [, deleted] = await timed(() =>
    send(door, 'DELETE', `custom-fields/${id}/values`, { confirm: name }),
  );
  const slowest = (times: readonly number[]): number => Math.max(...times);
  if (measured([saved]).requests === 0) throw new Error('nothing was saved meanwhile');
  return { added, slowestRead: slowest(read.times), slowestSave: slowest(saved.times), deleted };
}

async function send(
  door: Door,
  method: string,
  address: string,
  body?: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`http://127.0.0.1:${door.port}/api/v1/${address}`, {
    method,
    headers: { ...auth(door.admin), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  return (text === '' ? {} : JSON.parse(text)) as Readonly<Record<string, unknown>>;
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const from = performance.now();
  const result = await work();
  return [result, performance.now() - from];
}
