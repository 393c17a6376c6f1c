import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import pg from 'pg';
import type { RawCase } from './raw-case.ts';

/**
 * The yardstick: `node:http` and the bare driver. Each request runs the product's own session look-up, then the
 * statements of its case with the product's own access filter in them, and answers the rows as JSON. No
 * validation, no history, no rules.
 */
const { url, session, cases } = JSON.parse(await readFile(process.env.RAW_SETUP ?? '', 'utf8')) as {
  url: string;
  session: RawCase;
  cases: Record<string, readonly RawCase[]>;
};

pg.types.setTypeParser(pg.types.builtins.INT8, Number);
const pool = new pg.Pool({ connectionString: url, max: 10 });

const revive = (values: readonly unknown[]): unknown[] =>
  values.map((value) =>
    typeof value === 'object' && value !== null && '$bytes' in value
      ? Buffer.from(String(value.$bytes), 'base64')
      : value,
  );
const sessionValues = revive(session.values);

const server = createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    answer(
      req.url ?? '',
      chunks.length > 0 ? (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>) : {},
    ).then(
      (body) => {
        res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
        res.end(body);
      },
      (error: Error) => {
        res.writeHead(500, { 'content-length': 0 });
        res.end();
        console.error(error.message);
      },
    );
  });
});

async function answer(path: string, body: Record<string, unknown>): Promise<string> {
  const who = await pool.query({ ...session, values: sessionValues });
  if (who.rows.length !== 1) throw new Error('no session');
  const [, name = '', id = ''] = path.split('/');
  const asked = cases[name];
  if (!asked) throw new Error(`no case ${name}`);
  const items: unknown[] = [];
  for (const statement of asked) {
    const values = revive(statement.values).map((value) => {
      if (value === '$id') return id;
      if (value === '$new') return randomUUID();
      if (typeof value === 'string' && value.startsWith('$body.')) return body[value.slice(6)];
      return value;
    });
    const { rows } = await pool.query<Record<string, unknown>>({ ...statement, values });
    items.push(...rows);
  }
  return JSON.stringify({ items });
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`listening ${typeof address === 'object' && address ? address.port : 0}`);
});
process.on('SIGTERM', () => {
  server.closeAllConnections();
  server.close();
  void pool.end();
});
