import { type RawBuilder, sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { type Message, type MessageParams, message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import { refuseReading } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { boundedRead } from './bounded-read.ts';
import { codesOf } from './codes.ts';
import { compileFilter, filterSql } from './filter.ts';
import { bound } from './list-plan.ts';
import { type Place, partsOf, placeOf, referenceTarget } from './place.ts';
import { keepPlan } from './plan-cache.ts';
import { openSource, type Source } from './source.ts';
import { titleSql } from './title.ts';

/** What is counted and summed. */
export interface TotalsOptions {
  readonly where?: string;
  /** Field or path whose values make the groups; one group of all when left out. */
  readonly by?: string;
  /** Number and money fields, or paths to such. */
  readonly sums?: readonly string[];
  /** However many match; else at most 10,000 are looked at. */
  readonly exact?: boolean;
}

/** A sum; of money, in one currency. */
export interface Sum {
  readonly currency: string | null;
  /** Decimal text. */
  readonly sum: string;
}

/** One group: its value, what people call it, how many, and sums by field and, of money, currency. */
export interface Group {
  readonly key: string | null;
  readonly label: string | null;
  readonly count: number;
  readonly sums: Readonly<Record<string, readonly Sum[]>>;
}

/** The groups; none when more than 10,000 match and exact ones weren't asked for. */
export interface Totals {
  readonly groups: readonly Group[];
  readonly complete: boolean;
}

const notSummable = message(
  'not-summable',
  '“{name}” can’t be summed: only numbers and amounts can.',
  '« {name} » ne peut pas être totalisé : seuls les nombres et montants le peuvent.',
  '«{name}» no se puede sumar: solo los números y los importes.',
);
const notGroupable = message(
  'not-groupable',
  'Records can’t be grouped by “{name}”.',
  'Les fiches ne peuvent pas être groupées par « {name} ».',
  'Los registros no se pueden agrupar por «{name}».',
);
const tooManyGroups = message(
  'too-many-groups',
  'More than {max} groups: choose another field to group by, or narrow the filter.',
  'Plus de {max} groupes : choisissez un autre champ de regroupement ou resserrez le filtre.',
  'Más de {max} grupos: elija otro campo para agrupar o acote el filtro.',
);

const tooManySums = message(
  'too-many-sums',
  'At most {max} fields can be summed at once.',
  'On peut totaliser au plus {max} champs à la fois.',
  'Se pueden sumar como máximo {max} campos a la vez.',
);

const mostGroups = 1000;
const mostSums = 10;
const mostLines = 50_000;
const boundedSeconds = 5;
const exactSeconds = 30;

interface Line {
  readonly g: string | null;
  readonly label: string | null;
  /** Index of the summed field, -1 for the line that counts. */
  readonly i: number;
  readonly currency: string | null;
  readonly n: number;
  readonly sum: string | null;
  readonly matched: number;
}

/** Counts and sums of the records that the reader may read, in one cancellable statement, written once for who asks again. */
export async function totals(ctx: Ctx, entity: Entity, o: TotalsOptions = {}): Promise<Totals> {
  refuseReading(ctx, entity);
  const names = [...new Set(o.sums ?? [])];
  if (names.length > mostSums) throw refused('sums', tooManySums, { max: mostSums }, names.length);
  const { text, parameters, place } = keepPlan(
    ctx,
    entity,
    ['totals', o.where ?? '', o.by ?? '', names, o.exact === true],
    o.where,
    () => planTotals(ctx, entity, names, o),
  );
  const lines = await boundedRead<Line>(ctx, o.exact ? exactSeconds : boundedSeconds, { text, parameters });
  if (!o.exact && (lines[0]?.matched ?? 0) > bound) return { groups: [], complete: false };
  const groups = grouped(ctx, lines, names, place);
  if (groups.length > mostGroups || lines.length > mostLines) {
    throw refused('by', tooManyGroups, { max: mostGroups }, o.by);
  }
  return { groups: ordered(ctx, place, groups), complete: true };
}

interface TotalsPlan {
  readonly text: string;
  readonly parameters: readonly unknown[];
  /** What is grouped by. */
  readonly place: Place | null;
}

function planTotals(ctx: Ctx, entity: Entity, names: readonly string[], o: TotalsOptions): TotalsPlan {
  const source = openSource(ctx, entity);
  const by = o.by === undefined || o.by === '' ? null : groupOf(ctx, entity, source, o.by);
  const summed = names.map((name) => sumOf(ctx, entity, source, name));
  const matching = filterSql(ctx, source, compileFilter(ctx, entity, o.where, false));
  const columns = [
    sql`${by?.key ?? sql`null::text`} as g`,
    sql`${by?.label ?? sql`null::text`} as label`,
    ...summed.flatMap(({ amount, currency }, index) => [
      sql`${amount} as ${sql.id(`s${index}`)}`,
      sql`${currency} as ${sql.id(`c${index}`)}`,
    ]),
  ];
  const most = o.exact ? sql`` : sql` limit ${sql.lit(bound + 1)}`;
  const sums = summed.map(
    (
      _,
      index,
    ) => sql`select g, null::text, ${sql.lit(index)}, ${sql.id(`c${index}`)}, count(*)::int, sum(${sql.id(`s${index}`)})::text
      from matched where ${sql.id(`s${index}`)} is not null group by g, ${sql.id(`c${index}`)}`,
  );
  const counts = sql`select g, min(label) as label, -1 as i, null::text as currency, count(*)::int as n, null::text as sum
    from matched group by g`;
  const { sql: text, parameters } =
    sql`with matched as materialized (select ${sql.join(columns)} from ${source.from()} where ${matching}${most})
      select l.*, (select count(*)::int from matched) as matched
      from (${sql.join([counts, ...sums], sql` union all `)}) l
      order by g collate "C" nulls last, i, currency collate "C" limit ${sql.lit(mostLines + 1)}`.compile(
      ctx.db,
    );
  return { text, parameters, place: by?.place ?? null };
}

const refused = (field: string, said: Message, params: MessageParams, value: unknown): Problem =>
  new Problem('invalid', { mistakes: [{ field, message: said, params, value }] });

/** Collects the lines of each group. */
function grouped(
  ctx: Ctx,
  lines: readonly Line[],
  names: readonly string[],
  place: Place | null,
): readonly Group[] {
  const codes = new Map(
    (place && codesOf(ctx, place.field))?.map(({ code, label }) => [code, label[ctx.locale]]),
  );
  const isNamed = place !== null && partsOf(place.field)[place.part]?.kind === 'id';
  const byKey = new Map<string | null, Group & { readonly sums: Record<string, Sum[]> }>();
  for (const { g, i, label, n } of lines) {
    if (i >= 0) continue;
    const shown = label ?? (g === null ? null : (codes.get(g) ?? (isNamed ? null : g)));
    byKey.set(g, {
      key: g,
      label: shown,
      count: n,
      sums: Object.fromEntries(names.map((name) => [name, []])),
    });
  }
  for (const { g, i, currency, sum } of lines) {
    if (i < 0 || sum === null) continue;
    byKey.get(g)?.sums[names[i] ?? '']?.push({ currency, sum: plainDecimal(sum) });
  }
  return [...byKey.values()];
}

/** Codes in the order of their list, other groups by their name. */
function ordered(ctx: Ctx, place: Place | null, groups: readonly Group[]): readonly Group[] {
  const codes = place && codesOf(ctx, place.field)?.map(({ code }) => code);
  if (!codes) return groups;
  const at = (key: string | null): number =>
    key === null || !codes.includes(key) ? codes.length : codes.indexOf(key);
  return [...groups].sort((a, b) => at(a.key) - at(b.key));
}

/** `100.0000` as `100.00`: at least two decimals when there are any, no zeros beyond. */
const plainDecimal = (text: string): string =>
  text.includes('.') ? text.replace(/(\.\d\d\d*?)0+$/, '$1') : text;

function groupOf(
  ctx: Ctx,
  entity: Entity,
  source: Source,
  path: string,
): { readonly place: Place; readonly key: RawBuilder<unknown>; readonly label: RawBuilder<unknown> | null } {
  const place = placeOf(ctx, entity, path, 'by');
  const comparable = partsOf(place.field)[place.part];
  if (!comparable || comparable.kind === 'codes' || comparable.kind === 'ids') {
    throw refused('by', notGroupable, { name: path }, path);
  }
  const alias = source.join(place.through);
  const target = place.part === '' ? referenceTarget(place.field) : null;
  const label =
    target === null
      ? null
      : titleSql(ctx, entityOf(ctx.workspace.model, target), source.join([...place.through, place.field]));
  return { place, key: sql`${sql.ref(`${alias}.${comparable.exact ?? comparable.column}`)}::text`, label };
}

function sumOf(
  ctx: Ctx,
  entity: Entity,
  source: Source,
  path: string,
): { readonly amount: RawBuilder<unknown>; readonly currency: RawBuilder<unknown> } {
  const place = placeOf(ctx, entity, path, 'sums');
  const comparable = partsOf(place.field)[place.part];
  if (comparable?.kind !== 'number' || place.field.system) {
    throw refused('sums', notSummable, { name: path }, path);
  }
  const alias = source.join(place.through);
  const currency = place.part === '' ? partsOf(place.field).currency : undefined;
  const amount = sql`${sql.ref(`${alias}.${comparable.column}`)}::numeric`;
  const columns = fieldType(place.field.type).columns(place.field);
  const hasCurrency = columns.some(({ name }) => name === currency?.column);
  return { amount, currency: hasCurrency ? sql.ref(`${alias}.${currency?.column ?? ''}`) : sql`null::text` };
}
