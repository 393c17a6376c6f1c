import type { ExportFormat } from './table.ts';

/** A record a line, as the API answers it. */
export const jsonLines: ExportFormat = {
  extension: 'jsonl',
  contentType: 'application/x-ndjson; charset=utf-8',
  async *write({ paths, batches }) {
    for await (const records of batches) {
      const lines = records.map((record) =>
        JSON.stringify(Object.fromEntries(paths.map((path) => [path, record[path] ?? null]))),
      );
      yield Buffer.from(`${lines.join('\n')}\n`);
    }
  },
};
