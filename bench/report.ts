import type { Size } from './data.ts';
import type { ExportLine } from './exports.ts';
import type { FieldAdded } from './field.ts';
import type { FilterLine, ListLine } from './lists.ts';
import type { Measured } from './load.ts';
import type { Cost } from './look.ts';
import type { ReachLine } from './reach.ts';

/** One measured pair. */
export interface Line {
  readonly name: string;
  readonly connections: number;
  readonly ours: Measured;
  readonly yardstick: Measured;
  /** The ratio the contract promises. */
  readonly aim: number;
}

/** On what, with what and for how long was measured. */
export interface About {
  readonly command: string;
  readonly machine: string;
  readonly size: Size;
  readonly events: number;
  readonly memory: string;
}

const number = new Intl.NumberFormat('en');
const ms = (value: number): string => value.toFixed(1);
const cost = ({ ms: time, pages }: Cost): string => `${ms(time)} / ${number.format(pages)}`;
const times = (of: Cost, base: Cost): string => `${(of.pages / Math.max(1, base.pages)).toFixed(1)} ×`;

/** How RESULTS.md begins. */
export const preface = (about: About): string => `# The speed contract, measured

\`npm run bench -- ${about.command}\` makes this page.

- Machine: ${about.machine}.
- Data: ${number.format(about.size.accounts)} accounts, ${number.format(about.size.contacts)} contacts, ${number.format(about.size.opportunities)} opportunities, made through the record verbs, ${number.format(about.events)} events of history; unless it says otherwise, the reader is a sales representative who sees the fifth of the records that is his team's.
- Load, product, handler and PostgreSQL share the machine.
- Memory of the app's process: ${about.memory}.
`;

/** The requests, beside the handler. */
export function pairsTable(lines: readonly Line[], seconds: number): string {
  const rows = lines.map(({ name, connections, ours, yardstick, aim }) => {
    const ratio = ours.perSecond / yardstick.perSecond;
    const failed = ours.failures + yardstick.failures;
    return `| ${name} | ${connections} | ${ours.perSecond.toFixed(0)} | ${ms(ours.p50)} / ${ms(ours.p95)} / ${ms(ours.p99)} | ${yardstick.perSecond.toFixed(0)} | ${ms(yardstick.p50)} / ${ms(yardstick.p95)} / ${ms(yardstick.p99)} | **${ratio.toFixed(2)}** | ${aim.toFixed(1)} | ${failed === 0 ? '' : `${failed} failed`} |`;
  });
  return `## Requests, beside a minimal handler

Each line is the product beside a minimal handler (\`node:http\` and the bare driver) in the same run on the same
database: the handler does the product's own session look-up and runs the product's own statements, access filter
included, and answers its rows as JSON; for writes it does one plain \`insert\` or \`update\` without history, rules or
search. The ratio is throughput against throughput, over ${seconds} s per figure after a warm-up.

| what | at once | per second | p50 / p95 / p99 ms | raw per second | raw p50 / p95 / p99 ms | ratio | aim | |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** The declared sorts at two sizes. */
export const sortsTable = (
  lines: readonly ListLine[],
  sizes: readonly [number, number],
): string => `## Declared sorts

Pages of 50 with the columns of the list, as the browser asks for them (it asks for the count apart), for an
administrator: milliseconds (the middle of three) / pages of 8 KB that PostgreSQL touched. A page that doesn't grow
touches as many at any size, but for the depth of the indexes.

| what | ${number.format(sizes[0])} contacts | ${number.format(sizes[1])} contacts | pages touched |
|---|---|---|---|
${lines.map(({ name, small, large }) => `| ${name} | ${cost(small)} | ${cost(large)} | ${times(large, small)} |`).join('\n')}
`;

/** The declared filters. */
export const filtersTable = (lines: readonly FilterLine[]): string => `## Declared filters

Each with a frequent and with a rare or absent value under every declared sort, first page, for the sales
representative: the costliest sort in milliseconds / pages touched, the middle one in milliseconds, and what counting up
to 10,000 matches costs, which the browser asks for apart.

| filter | matches | costliest sort | cost | middle | count |
|---|---|---|---|---|---|
${lines.map((line) => `| ${line.name} | ${line.matches} | ${line.sort} | ${cost(line.cost)} | ${ms(line.middle)} | ${cost(line.count)} |`).join('\n')}
`;

/** What access costs. */
export const reachTable = (lines: readonly ReachLine[]): string => `## Own and team access

First pages of declared sorts, milliseconds / pages touched: for an administrator, who sees all; for who sees a fifth by
his team, a twentieth as his own, or by one of fifty teams.

| what | all | team | own | fifty teams |
|---|---|---|---|---|
${lines.map((line) => `| ${line.name} | ${cost(line.all)} | ${cost(line.team)} | ${cost(line.own)} | ${cost(line.manyTeams)} |`).join('\n')}
`;

/** Whole exports. */
export const exportsTable = (lines: readonly ExportLine[]): string => `## Export

Everything, by the API, all fields with the labels of references; beside \`COPY\` of the same statement.

| what | rows | per second | COPY per second | ratio |
|---|---|---|---|---|
${lines.map((line) => `| ${line.name} | ${number.format(line.rows)} | ${number.format(Math.round(line.ours))} | ${number.format(Math.round(line.copy))} | **${(line.ours / line.copy).toFixed(2)}** |`).join('\n')}
`;

/** A field added while people work. */
export const fieldText = (field: FieldAdded): string => `## Adding a field

A sortable text field of contacts, declared through the API while one reads and one saves without pause: there after
${ms(field.added)} ms (its index is built meanwhile); the slowest read meanwhile took ${ms(field.slowestRead)} ms, the slowest save
${ms(field.slowestSave)} ms. Deleting it with its values took ${ms(field.deleted)} ms.
`;

/** A sort that no index serves, of more matches than are sorted. */
export const refusalText = (refusal: {
  readonly said: string;
  readonly ms: number;
}): string => `## Sorts without an index

Exact up to 10,000 matches (see the list sorted by a related field above); beyond that refused after ${ms(refusal.ms)} ms: “${refusal.said}”
`;
