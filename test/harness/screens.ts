import type { Page, Request } from 'playwright-core';
import type { TestApp } from './app.ts';
import { type Opening, openingsOf } from './openings.ts';
import { uploadForm } from './upload-form.ts';

/** The addresses of screens, and what opens on some of them. */
export interface Screens {
  readonly paths: readonly string[];
  readonly openings: readonly Opening[];
}

/** A few records in every entity of the navigation, with long names, and the screens that show them. */
export async function screensOf(app: TestApp): Promise<Screens> {
  const made = async (plural: string, records: readonly object[]): Promise<readonly string[]> => {
    const { body, status, text } = await app.admin.browser('POST', `/${plural}`, records);
    if (status !== 201) throw new Error(`${plural}: ${text}`);
    return body.items.map(({ id }) => id);
  };
  const [account = '', other = ''] = await made('accounts', [
    {
      name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
      kind: 'customer',
      industry: 'energy',
      website: 'https://example.org/',
      phone: '+33 1 44 55 66 77',
    },
    { name: 'Ñandú', kind: 'prospect' },
  ]);
  const [contact = ''] = await made('contacts', [
    {
      name: { first: 'Maximiliana Wilhelmina', last: 'Fernández-Villaverde y Álvarez de Toledo' },
      email: 'maxi@example.org',
      phone: '12 ext',
      account,
    },
  ]);
  const [opportunity = ''] = await made('opportunities', [
    {
      name: 'Xylème 2027',
      account,
      contact,
      stage: 'proposal',
      closeDate: '2027-01-31',
      amount: { amount: '1234567.89', currency: 'EUR' },
    },
    { name: 'Zéphyr', stage: 'prospecting', closeDate: '2026-12-24' },
  ]);
  const [lead = ''] = await made('leads', [
    {
      name: { first: 'Maximiliana Wilhelmina', last: 'Fernández-Villaverde y Álvarez de Toledo' },
      company: 'Énergies d’Ouessant',
      status: 'in-process',
      amount: { amount: '1234567.89', currency: 'EUR' },
    },
  ]);
  const [task = ''] = await made('tasks', [
    {
      subject: 'Rappeler Mme Fernández-Villaverde y Álvarez de Toledo',
      due: '2026-11-20',
      related: { entity: 'account', id: account },
    },
    { subject: 'Préparer l’offre', status: 'done', priority: 'urgent' },
  ]);
  await made('notes', [{ text: 'Aime les chiffres ronds.', related: { entity: 'account', id: account } }]);
  const [note = ''] = await made('notes', [
    {
      text: 'Ne décide rien avant janvier, et jamais sans la direction des achats.',
      related: { entity: 'lead', id: lead },
    },
  ]);
  await made('teams', [{ name: 'Ouessant' }]);
  const [role = ''] = await made('roles', [{ code: 'ouessant', name: 'Équipe d’Ouessant' }]);
  await made('rights', [{ role, entity: 'account', read: 'team', where: 'kind = customer' }]);
  await made('validation-rules', [
    {
      entity: 'opportunity',
      name: 'Gros montants',
      wrongWhen: 'amount > 5000000 and account = empty',
      field: 'amount',
      messageEn: 'Above five million, name the account.',
      messageFr: 'Au-delà de cinq millions, nommez le compte.',
      messageEs: 'Por encima de cinco millones, nombre la cuenta.',
    },
  ]);
  const upload = uploadForm([], [{ name: 'comptes.csv', bytes: 'Firme;Ville\nÎle d’Ouessant SA;Lampaul\n' }]);
  const sent = await app.admin.program('POST', '/import-sets', upload.body, upload.headers);
  if (sent.status !== 201) throw new Error(`import-sets: ${sent.text}`);
  await app.admin.browser('PATCH', `/accounts/${account}`, { version: 1, kind: 'prospect' });
  const past = (await app.admin.browser('GET', `/accounts/${account}/history`)).body.items.at(-1);
  const then = encodeURIComponent(String(past?.['at']));
  const paths = [
    '/accounts',
    `/accounts/${account}`,
    `/accounts/${account}?at=${then}`,
    '/accounts/new',
    `/accounts/merge?ids=${account},${other}`,
    '/search?q=fernandez',
    '/search?q=qqqqqq',
    '/contacts',
    '/contacts/duplicates',
    `/contacts/${contact}`,
    '/leads',
    '/leads/board',
    `/leads/${lead}`,
    `/leads/${lead}/convert`,
    '/leads/new',
    '/opportunities',
    '/opportunities/board',
    `/opportunities/${opportunity}`,
    '/opportunities/new',
    '/tasks',
    '/tasks/board',
    `/tasks/${task}`,
    '/tasks/new',
    `/notes/${note}`,
    '/notes/new',
    '/import',
    '/import/new',
    `/import/${sent.body.id}`,
    '/bulk-runs',
    '/profile',
    '/admin/users',
    '/admin/teams',
    '/admin/lists',
    '/admin/roles',
    `/admin/roles/${role}`,
    '/admin/rules',
    '/admin/duplicates',
    '/admin/numbers',
    '/admin/search',
    '/custom-entities',
    '/custom-entities/new',
    '/custom-fields/new',
    '/custom-relations/new',
    '/security-events',
    '/help/expressions',
    '/nowhere/to-be-seen',
  ];
  return { paths, openings: openingsOf(account) };
}

/** Goes to a screen within the open app and waits until nothing more is on its way; the live stream always is. */
export async function showScreen(page: Page, app: TestApp, path: string): Promise<void> {
  const open = new Set<Request>();
  let latest = Date.now();
  const begun = (request: Request): void => {
    if (request.resourceType() !== 'eventsource') open.add(request);
  };
  const ended = (request: Request): void => {
    open.delete(request);
    latest = Date.now();
  };
  page.on('request', begun).on('requestfinished', ended).on('requestfailed', ended);
  await page.goto(app.at(path));
  await page.locator('main :is(h1, h2)').first().waitFor();
  while (open.size > 0 || Date.now() - latest < 500) await page.waitForTimeout(50);
  page.off('request', begun).off('requestfinished', ended).off('requestfailed', ended);
}
