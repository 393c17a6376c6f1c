import pg from 'pg';
import type { Ctx } from '../src/engine/ctx.ts';
import { planExport } from '../src/engine/export/plan-export.ts';
import { entityOf } from '../src/model/declarations.ts';
import { auth } from './bench-case.ts';

/** An export of everything in one format, in rows per second, beside COPY of the same rows by the same statement. */
export interface ExportLine {
  readonly name: string;
  readonly rows: number;
  readonly ours: number;
  readonly copy: number;
}

/** Exports all contacts by the API as CSV, and the opportunities as JSON lines and as a workbook. */
export async function exportLines(
  o: { readonly port: number; readonly admin: string; readonly superuserUrl: string },
  ctx: Ctx,
): Promise<readonly ExportLine[]> {
  const asked = [
    { entity: 'contact', format: 'csv' },
    { entity: 'opportunity', format: 'jsonl' },
    { entity: 'account', format: 'xlsx' },
  ] as const;
  const lines: ExportLine[] = [];
  for (const { entity: name, format } of asked) {
    const entity = entityOf(ctx.workspace.model, name);
    const { text, parameters } = planExport(ctx, entity, {});
    if (parameters.length > 0) throw new Error('COPY takes no parameters');
    const [rows, copySeconds] = await copyOut(o.superuserUrl, text);
    const from = performance.now();
    const answer = await fetch(`http://127.0.0.1:${o.port}/api/v1/${entity.plural}/export?format=${format}`, {
      headers: auth(o.admin),
    });
    if (!answer.ok || !answer.body) throw new Error(`export: ${answer.status} ${await answer.text()}`);
    let bytes = 0;
    for await (const chunk of answer.body) bytes += chunk.length;
    if (bytes < rows * 10) throw new Error(`the export of ${rows} ${entity.plural} has ${bytes} bytes only`);
    const seconds = (performance.now() - from) / 1000;
    lines.push({
      name: `${entity.plural} as ${format}`,
      rows,
      ours: rows / seconds,
      copy: rows / copySeconds,
    });
  }
  return lines;
}

/** How many rows a statement gives, and how many seconds COPY takes to write them to nowhere. */
async function copyOut(superuserUrl: string, text: string): Promise<readonly [number, number]> {
  const client = new pg.Client({ connectionString: superuserUrl.replace(/\/[^/]*$/, '/rapport') });
  await client.connect();
  try {
    const from = performance.now();
    const { rowCount } = await client.query(`copy (${text}) to '/dev/null' (format csv)`);
    return [rowCount ?? 0, (performance.now() - from) / 1000];
  } finally {
    await client.end();
  }
}
