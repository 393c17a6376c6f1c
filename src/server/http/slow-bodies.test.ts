import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { testDoors } from '../../../test/harness/doors.ts';
import { cutSlowBodies, longestUpload } from './slow-bodies.ts';

/** Sends the beginning of a request of 20 bytes. */
async function begun(port: number, type: string, connection = 'close'): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(
    `POST / HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: 20\r\nconnection: ${connection}\r\n\r\n{"a":`,
  );
  return socket;
}

test('a body that is dribbled is cut off, while a file may come slowly', async () => {
  const app = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string) => body);
  cutSlowBodies(app, 50);
  app.post('/', async ({ body }) => `took ${String(body)}`);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const file = await begun(port, 'multipart/form-data; boundary=x');
  const dribbled = await begun(port, 'application/json');
  // It began later than the file: had that a limit too, it would be over by now.
  await once(dribbled, 'close');
  let answer = '';
  file.on('data', (bytes: Buffer) => {
    answer += bytes.toString();
  });
  file.write('012345678901234');
  await once(file, 'close');
  expect(answer).toMatch(/took \{"a":012345678901234$/);
  await app.close();
});

test('a file that was refused before it came is cut off as any other body', async () => {
  // Who goes on dribbling isn't idle either.
  const app = fastify({ keepAliveTimeout: 0 });
  cutSlowBodies(app, 50);
  app.addHook('onRequest', async (_request, reply) => reply.code(401).send());
  app.post('/', async () => '');
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const file = await begun(port, 'multipart/form-data; boundary=x', 'keep-alive');
  let answer = '';
  file.on('data', (bytes: Buffer) => {
    answer += bytes.toString();
  });
  await once(file, 'close');
  expect(answer).toMatch(/^HTTP\/1.1 401 /);
  await app.close();
});

test('the doors leave a large file the time that a slow line takes', async () => {
  const doors = await testDoors();
  const slowest = (2 * 1024 ** 3) / (2e6 / 8);
  expect(doors.app.server.requestTimeout / 1000).toBeGreaterThanOrEqual(slowest);
  expect(doors.app.server.requestTimeout).toBe(longestUpload);
  expect(doors.app.server.headersTimeout).toBeLessThanOrEqual(120_000);
  await doors.close();
});
