/** What a client knows of one record it writes: what was acknowledged, and what was sent and never answered. */
export interface Written {
  readonly entity: 'account' | 'contact' | 'opportunity';
  readonly key: string;
  /** The last version that was acknowledged, and the name it has; null before the first. */
  acknowledged: { readonly id: string; readonly version: number; readonly name: string } | null;
  /** The name that was sent last and not answered. */
  sent: string | null;
}

/** Records sent in one array: all of them are there, or none. */
export interface Batch {
  readonly tag: string;
  readonly count: number;
  isAcknowledged: boolean;
}

/** All that clients sent since the test began. */
export interface Ledger {
  readonly records: Written[];
  readonly batches: Batch[];
  /** Answers with success, however many records each wrote. */
  acknowledged: number;
  /** Answers that were neither success nor a broken connection; there should be none. */
  readonly strange: string[];
}

/** An empty ledger. */
export const newLedger = (): Ledger => ({ records: [], batches: [], acknowledged: 0, strange: [] });

interface Out {
  readonly id: string;
  readonly version: number;
}

/** Answers of one request, null when the connection broke before one came. */
type Send = (method: 'POST' | 'PATCH', path: string, body: unknown) => Promise<unknown>;

let count = 0;

/**
 * Writes through the API with several clients at once until `enough` further writes were acknowledged, calls
 * `strike` at that moment, while others are under way, and ends when every client saw its connection break.
 */
export async function writeUntil(
  o: { readonly address: string; readonly key: string; readonly clients: number; readonly enough: number },
  ledger: Ledger,
  strike: () => Promise<void>,
): Promise<void> {
  const goal = ledger.acknowledged + o.enough;
  const strikes: Promise<void>[] = [];
  const isOver = (): boolean => strikes.length > 0;
  const send: Send = async (method, path, body) => {
    let response: Response;
    let answer: unknown;
    try {
      const headers = { authorization: `Bearer ${o.key}`, 'content-type': 'application/json' };
      const request: RequestInit = { method, headers, body: JSON.stringify(body) };
      response = await fetch(`${o.address}/api/v1${path}`, request);
      answer = await response.json();
    } catch {
      return null;
    }
    if (!response.ok) {
      if (!isOver()) ledger.strange.push(`${method} ${path}: ${JSON.stringify(answer)}`);
      return null;
    }
    ledger.acknowledged += 1;
    if (ledger.acknowledged >= goal && !isOver()) strikes.push(strike());
    return answer;
  };
  const client = async (): Promise<void> => {
    while (!isOver()) await story(send, ledger);
  };
  await Promise.all(Array.from({ length: o.clients }, client));
  await Promise.all(strikes);
}

/** One client's work: an account, a contact in it, a deal that moves on, a change of each, and now and then many at once. */
async function story(send: Send, ledger: Ledger): Promise<void> {
  const account = await create(send, ledger, 'account', (name) => ({ name }));
  if (!account) return;
  if (!(await rename(send, account, (name) => ({ name })))) return;
  const contact = await create(send, ledger, 'contact', (last) => ({ name: { last }, account: account.id }));
  if (!contact) return;
  if (!(await rename(send, contact, (last) => ({ name: { last } })))) return;
  const deal = await create(send, ledger, 'opportunity', (name) => ({
    name,
    account: account.id,
    contact: contact.id,
    amount: { amount: '1200.50', currency: 'EUR' },
    closeDate: '2027-01-31',
  }));
  if (!deal) return;
  if (!(await rename(send, deal, (name) => ({ name, stage: 'proposal' })))) return;
  const batch: Batch = { tag: `batch${++count}`, count: 5, isAcknowledged: false };
  ledger.batches.push(batch);
  const many = Array.from({ length: batch.count }, (_, index) => ({ name: `${batch.tag} ${index}` }));
  batch.isAcknowledged = (await send('POST', '/accounts', many)) !== null;
}

interface Known {
  readonly id: string;
  readonly record: Written;
}

const plurals = { account: 'accounts', contact: 'contacts', opportunity: 'opportunities' } as const;

async function create(
  send: Send,
  ledger: Ledger,
  entity: Written['entity'],
  values: (name: string) => object,
): Promise<Known | null> {
  const key = `k${++count}`;
  const name = `${entity} ${key} first`;
  const record: Written = { entity, key, acknowledged: null, sent: name };
  ledger.records.push(record);
  const externalKeys = [{ source: 'crash', key }];
  const made = (await send('POST', `/${plurals[entity]}`, { ...values(name), externalKeys })) as Out | null;
  if (!made) return null;
  record.acknowledged = { id: made.id, version: made.version, name };
  record.sent = null;
  return { id: made.id, record };
}

async function rename(send: Send, { id, record }: Known, values: (name: string) => object): Promise<boolean> {
  const name = `${record.entity} ${record.key} second`;
  record.sent = name;
  const version = record.acknowledged?.version;
  const changed = (await send('PATCH', `/${plurals[record.entity]}/${id}`, {
    version,
    ...values(name),
  })) as Out | null;
  if (!changed) return false;
  record.acknowledged = { id, version: changed.version, name };
  record.sent = null;
  return true;
}
