import { connect, type Socket } from 'node:net';

/** One request as bytes, built before the clock runs. */
export type MakeRequest = (place: number) => Buffer;

/** What one run saw: how long each request took, in milliseconds. */
export interface Run {
  readonly times: readonly number[];
  readonly failures: number;
  readonly seconds: number;
}

/** What runs measured: times in milliseconds. */
export interface Measured {
  readonly requests: number;
  readonly failures: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/**
 * Sends requests over `connections` sockets, each waiting for its answer before the next, for `seconds`. A tiny
 * HTTP/1.1 client of our own, so that the load costs the machine as little as possible.
 */
export async function load(o: {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  readonly make: MakeRequest;
  /** Place of the first request, when requests of an earlier run came before. */
  readonly from?: number;
}): Promise<Run> {
  const times: number[] = [];
  let failures = 0;
  let sent = o.from ?? 0;
  const started = performance.now();
  const until = started + o.seconds * 1000;
  const run = async (): Promise<void> => {
    const socket = connect({ port: o.port, host: '127.0.0.1', noDelay: true });
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    const next = answers(socket);
    while (performance.now() < until) {
      const request = o.make(sent);
      sent += 1;
      const from = performance.now();
      socket.write(request);
      const status = await next();
      times.push(performance.now() - from);
      if (status < 200 || status > 299) failures += 1;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: o.connections }, run));
  return { times, failures, seconds: (performance.now() - started) / 1000 };
}

/** Several runs of the same load as one figure. */
export function measured(runs: readonly Run[]): Measured {
  const times = runs.flatMap((run) => run.times).sort((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    requests: times.length,
    failures: runs.reduce((sum, run) => sum + run.failures, 0),
    perSecond: times.length / runs.reduce((sum, run) => sum + run.seconds, 0),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
}

/** Reads whole answers with a content length off a socket; answers their status one by one. */
function answers(socket: Socket): () => Promise<number> {
  let pending = Buffer.alloc(0);
  let wake: ((status: number) => void) | null = null;
  let fail: ((error: Error) => void) | null = null;
  socket.on('data', (data) => {
    pending = pending.length === 0 ? data : Buffer.concat([pending, data]);
    const end = pending.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = pending.toString('latin1', 0, end);
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
    if (pending.length < end + 4 + length) return;
    pending = pending.subarray(end + 4 + length);
    const status = Number(head.slice(9, 12));
    wake?.(status);
  });
  socket.on('error', (error) => fail?.(error));
  socket.on('close', () => fail?.(new Error('the server closed the connection')));
  return () =>
    new Promise((resolve, reject) => {
      wake = resolve;
      fail = reject;
    });
}

/** The bytes of a request with a JSON body, or without one. */
export function request(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body);
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined
      ? []
      : ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`]),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`);
}
