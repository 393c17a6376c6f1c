import type { BenchCase } from './bench-case.ts';
import { load, type MakeRequest, type Measured, measured, type Run } from './load.ts';
import type { Line } from './report.ts';
import { cpuOf, type Started } from './servers.ts';

/** The product or the yardstick, in one case. */
interface Side {
  readonly server: Started;
  readonly make: MakeRequest;
  readonly runs: Run[];
  cpu: number;
}

/** What a pair is measured with. */
export interface Pairing {
  readonly app: Started;
  readonly raw: Started;
  readonly key: string;
  /** Seconds of each figure. */
  readonly rounds: number;
  readonly say: (line: string) => void;
}

/**
 * Measures a case at the product and at the yardstick, turn and turn about in short runs after a warm-up of each, so
 * that both meet the same machine.
 */
export async function measurePair(o: Pairing, each: BenchCase, connections: number): Promise<Line> {
  const raw: Side = { server: o.raw, make: each.raw, runs: [], cpu: 0 };
  const app: Side = { server: o.app, make: (n) => each.app(n, o.key), runs: [], cpu: 0 };
  for (const { server, make } of [raw, app])
    await load({ port: server.port, connections, seconds: 0.5, make });
  let from = 0;
  for (let round = 0; round < o.rounds; round += 1) {
    for (const side of [raw, app]) {
      const before = await cpuOf(side.server);
      side.runs.push(await load({ port: side.server.port, connections, seconds: 1, make: side.make, from }));
      side.cpu += (await cpuOf(side.server)) - before;
    }
    from += raw.runs.at(-1)?.times.length ?? 0;
  }
  const [yardstick, ours] = [measured(raw.runs), measured(app.runs)];
  const failed = ours.failures + yardstick.failures;
  const perRequest = (cpu: number, of: Measured): string => `${(cpu / of.requests).toFixed(2)} ms`;
  o.say(
    `${each.name}, ${connections} at once: ${ours.perSecond.toFixed(0)} per second (${perRequest(app.cpu, ours)} of processor each), raw ${yardstick.perSecond.toFixed(0)} (${perRequest(raw.cpu, yardstick)}), ratio ${(ours.perSecond / yardstick.perSecond).toFixed(2)}${failed > 0 ? `, ${failed} FAILED` : ''}`,
  );
  return { name: each.name, connections, ours, yardstick, aim: each.aim };
}
