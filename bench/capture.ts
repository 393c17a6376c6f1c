import pg from 'pg';
import type { RawCase } from './raw-case.ts';

/** The statements the driver sends while `work` runs, with their values, so that the yardstick runs the same. */
export async function capture(work: () => Promise<unknown>): Promise<readonly RawCase[]> {
  const sent: RawCase[] = [];
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const { query } = prototype;
  prototype.query = function (this: unknown, ...args: unknown[]) {
    const [first, second] = args;
    if (typeof first === 'string') sent.push({ text: first, values: Array.isArray(second) ? second : [] });
    else if (typeof first === 'object' && first !== null && 'text' in first) {
      const asked = first as { name?: string; text: string; values?: unknown[] };
      sent.push({
        ...(asked.name ? { name: asked.name } : {}),
        text: asked.text,
        values: asked.values ?? (Array.isArray(second) ? second : []),
      });
    }
    return query.apply(this, args);
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return sent.filter(
    ({ text }) => !/^(begin|commit|rollback|start transaction|set |select pg_backend_pid)/i.test(text),
  );
}

/** Values as JSON can carry them to the other process. */
export const portable = (
  asked: RawCase,
  replace: (value: unknown) => unknown = (value) => value,
): RawCase => ({
  ...(asked.name ? { name: asked.name } : {}),
  text: asked.text,
  values: asked.values.map((value) => {
    const other = replace(value);
    return Buffer.isBuffer(other) ? { $bytes: other.toString('base64') } : other;
  }),
});
