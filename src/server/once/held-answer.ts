import type { FastifyReply } from 'fastify';
import type { KeptAnswer } from '../../engine/workspace/kept-answers.ts';

/** Runs a handler without sending anything: answers what it would have sent. */
export async function holdAnswer(
  reply: FastifyReply,
  handle: (reply: FastifyReply) => unknown,
): Promise<KeptAnswer> {
  const held = { status: 200, location: null as string | null, body: undefined as unknown, isSent: false };
  const stand: Readonly<Record<string, (...given: readonly unknown[]) => FastifyReply>> = {
    code(status) {
      held.status = Number(status);
      return stoodIn;
    },
    header(name, value) {
      if (String(name).toLowerCase() === 'location') held.location = String(value);
      else reply.header(String(name), value);
      return stoodIn;
    },
    send(body) {
      held.body = body;
      held.isSent = true;
      return stoodIn;
    },
  };
  const stoodIn: FastifyReply = new Proxy(reply, {
    get(target, name) {
      // A reply can be awaited until it is sent, which this one never is.
      if (name === 'then') return undefined;
      return typeof name === 'string' && Object.hasOwn(stand, name)
        ? stand[name]
        : (Reflect.get(target, name, target) as unknown);
    },
  });
  const returned = await handle(stoodIn);
  const body = held.isSent ? held.body : returned;
  const { status, location } = held;
  return { status, location, body: body === undefined ? null : JSON.stringify(body) };
}
