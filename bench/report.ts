import type { Size } from './data.ts';
import type { Measured } from './load.ts';

/** One measured pair. */
export interface Line {
  readonly name: string;
  readonly connections: number;
  readonly ours: Measured;
  readonly yardstick: Measured;
  /** The ratio the contract promises. */
  readonly aim: number;
}

/** The table that goes into RESULTS.md. */
export function table(
  lines: readonly Line[],
  about: { readonly machine: string; readonly size: Size; readonly seconds: number; readonly memory: string },
): string {
  const ms = (value: number): string => value.toFixed(1);
  const rows = lines.map(({ name, connections, ours, yardstick, aim }) => {
    const ratio = ours.perSecond / yardstick.perSecond;
    const failed = ours.failures + yardstick.failures;
    return `| ${name} | ${connections} | ${ours.perSecond.toFixed(0)} | ${ms(ours.p50)} / ${ms(ours.p95)} / ${ms(ours.p99)} | ${yardstick.perSecond.toFixed(0)} | ${ms(yardstick.p50)} / ${ms(yardstick.p95)} / ${ms(yardstick.p99)} | **${ratio.toFixed(2)}** | ${aim.toFixed(1)} | ${failed === 0 ? '' : `${failed} failed`} |`;
  });
  const number = new Intl.NumberFormat('en');
  return `# The speed contract, measured

\`npm run bench -- --save\` makes this page. Each line is the product beside a minimal handler (\`node:http\` and the
bare driver) in the same run on the same database: the handler does the product's own session look-up and runs the
product's own statement, access filter included, and answers its rows as JSON; for writes it does one plain
\`insert\` or \`update\` without history, rules or search. The ratio is throughput against throughput.

- Machine: ${about.machine}.
- Data: ${number.format(about.size.accounts)} accounts, ${number.format(about.size.contacts)} contacts, ${number.format(about.size.opportunities)} opportunities, made through the record verbs; the reader is a sales representative who sees his team's records.
- ${about.seconds} seconds per figure after a warm-up; load, product, handler and PostgreSQL share the machine.
- Memory of the app's process: ${about.memory}.

| what | at once | per second | p50 / p95 / p99 ms | raw per second | raw p50 / p95 / p99 ms | ratio | aim | |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
