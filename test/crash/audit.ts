import type { Client } from 'pg';
import type { Ledger } from './load.ts';

const nameOf = {
  account: 't.name',
  opportunity: 't.name',
  contact: `concat_ws(' ', t.name_first, t.name_middle, t.name_last)`,
} as const;

/** What an acknowledged write has lost, or what is there by halves, in sentences; none when all is well. */
export async function auditAll(client: Client, ledger: Ledger): Promise<readonly string[]> {
  return [
    ...(await lostWrites(client, ledger)),
    ...(await halfBatches(client, ledger)),
    ...(await halfRecords(client)),
    ...(await halfLinks(client)),
  ];
}

/** Acknowledged writes that aren't there as they were acknowledged, or followed by the one sent afterwards. */
async function lostWrites(client: Client, ledger: Ledger): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const entity of ['account', 'contact', 'opportunity'] as const) {
    const { rows } = await client.query<{ key: string; id: string; version: number; name: string }>(
      `select k.key, t.id, t.version, ${nameOf[entity]} as name from w_main.${entity} t
       join w_main.external_key k on k.record = t.id and k.entity = '${entity}' and k.source = 'crash'`,
    );
    const stored = new Map(rows.map((row) => [row.key, row]));
    for (const record of ledger.records) {
      if (record.entity !== entity) continue;
      const { key, acknowledged, sent } = record;
      const found = stored.get(key);
      if (!found) {
        if (acknowledged) findings.push(`${entity} ${key}: acknowledged and lost`);
        continue;
      }
      // A link that follows from a later write may raise the version; the name tells which write it has.
      const isAsAcknowledged =
        acknowledged?.id === found.id &&
        acknowledged.version <= found.version &&
        acknowledged.name === found.name;
      if (!isAsAcknowledged && found.name !== sent) {
        findings.push(
          `${entity} ${key}: “${found.name}” version ${found.version}, acknowledged ${JSON.stringify(acknowledged)}`,
        );
      }
    }
  }
  return findings;
}

/** Arrays of which some records are there and others aren't, or that were acknowledged and aren't there. */
async function halfBatches(client: Client, ledger: Ledger): Promise<readonly string[]> {
  const { rows } = await client.query<{ tag: string; count: number }>(
    `select split_part(name, ' ', 1) as tag, count(*)::int as count from w_main.account where name like 'batch%' group by 1`,
  );
  const stored = new Map(rows.map((row) => [row.tag, row.count]));
  return ledger.batches.flatMap(({ tag, count, isAcknowledged }) => {
    const found = stored.get(tag) ?? 0;
    if (found === count || (found === 0 && !isAcknowledged)) return [];
    return [`${tag}: ${found} of ${count} records, ${isAcknowledged ? '' : 'not '}acknowledged`];
  });
}

/** Records whose events, search entry or external key don't fit them, and such things without a record. */
async function halfRecords(client: Client): Promise<readonly string[]> {
  const findings: string[] = [];
  const entities = ['account', 'contact', 'opportunity', 'account-contact', 'opportunity-contact'] as const;
  for (const entity of entities) {
    const table = `w_main.${entity.replace('-', '_')}`;
    const ask = async (what: string, query: string): Promise<void> => {
      const { rows } = await client.query<{ id: string }>(query, [entity]);
      findings.push(...rows.map(({ id }) => `${entity} ${id}: ${what}`));
    };
    await ask(
      'its events aren’t one per version',
      `select t.id from ${table} t left join lateral (
         select count(*) as count, count(distinct version) as versions, min(version) as first, max(version) as last
         from w_main.event e where e.entity = $1 and e.record = t.id) e on true
       where (e.count, e.versions, e.first, e.last) is distinct from (t.version, t.version, 1, t.version)`,
    );
    await ask(
      'an event without its record',
      `select e.record as id from w_main.event e left join ${table} t on t.id = e.record
       where e.entity = $1 and t.id is null`,
    );
    await ask(
      'an external key without its record',
      `select k.record as id from w_main.external_key k left join ${table} t on t.id = k.record
       where k.entity = $1 and t.id is null`,
    );
    if (entity.includes('-')) continue;
    const name = nameOf[entity as keyof typeof nameOf];
    await ask(
      'its search entry isn’t that of its name',
      `select t.id from ${table} t left join w_main.search_entry s on s.entity = $1 and s.record = t.id
       where s.title is distinct from ${name}`,
    );
    await ask(
      'a search entry without its record',
      `select s.record as id from w_main.search_entry s left join ${table} t on t.id = s.record
       where s.entity = $1 and t.id is null`,
    );
    await ask(
      'no external key, or several',
      `select t.id from ${table} t left join w_main.external_key k on k.entity = $1 and k.record = t.id
       where ${name} not like 'batch%' group by t.id having count(k.key) <> 1`,
    );
  }
  return findings;
}

/** Contacts and opportunities whose primary link, made by a rule in the same transaction, isn't there. */
async function halfLinks(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ what: string }>(
    `select 'contact ' || c.id || ': its account has no primary link' as what from w_main.contact c
       where (select count(*) from w_main.account_contact l
              where l.contact_id = c.id and l.account_id = c.account_id and l."primary") <> 1
     union all
     select 'opportunity ' || o.id || ': its contact has no primary link' from w_main.opportunity o
       where (select count(*) from w_main.opportunity_contact l
              where l.opportunity_id = o.id and l.contact_id = o.contact_id and l."primary") <> 1`,
  );
  return rows.map(({ what }) => what);
}
