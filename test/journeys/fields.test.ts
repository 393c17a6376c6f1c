import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { address } from '../../src/fields/address/address.ts';
import { anyReference } from '../../src/fields/any-reference/any-reference.ts';
import { baseValue } from '../../src/fields/base-value/base-value.ts';
import { checkbox } from '../../src/fields/checkbox/checkbox.ts';
import { choice } from '../../src/fields/choice/choice.ts';
import { date } from '../../src/fields/date/date.ts';
import { dateTime } from '../../src/fields/date-time/date-time.ts';
import { decimal } from '../../src/fields/decimal/decimal.ts';
import { email } from '../../src/fields/email/email.ts';
import { fieldTypes } from '../../src/fields/index.ts';
import { json } from '../../src/fields/json/json.ts';
import { longText } from '../../src/fields/long-text/long-text.ts';
import { money } from '../../src/fields/money/money.ts';
import { multiChoice } from '../../src/fields/multi-choice/multi-choice.ts';
import { number } from '../../src/fields/number/number.ts';
import { percent } from '../../src/fields/percent/percent.ts';
import { personName } from '../../src/fields/person-name/person-name.ts';
import { phone } from '../../src/fields/phone/phone.ts';
import { reference } from '../../src/fields/reference/reference.ts';
import { references } from '../../src/fields/references/references.ts';
import { serial } from '../../src/fields/serial/serial.ts';
import { text } from '../../src/fields/text/text.ts';
import { url } from '../../src/fields/url/url.ts';
import { labels } from '../../src/lib/locale.ts';
import { entity } from '../../src/model/entity.ts';
import { type TestApp, testApp } from '../harness/app.ts';
import { expectAccessible, journey, launchBrowser, screenshot, viewports } from '../harness/browser.ts';
import type { Caller } from '../harness/doors.ts';

const named = (name: string) => labels(name, name, name);
const colors = [
  { code: 'red', label: named('Red') },
  { code: 'green', label: named('Green') },
];

/** Has a field of every type. */
const specimen = entity({
  name: 'specimen',
  plural: 'specimens',
  label: { one: named('Specimen'), many: named('Specimens') },
  title: 'line',
  fields: {
    line: text({ label: named('Line'), required: true }),
    story: longText({ label: named('Story') }),
    whole: number({ label: named('Whole') }),
    exact: decimal({ label: named('Exact'), scale: 3 }),
    price: money({ label: named('Price') }),
    share: percent({ label: named('Share') }),
    day: date({ label: named('Day') }),
    moment: dateTime({ label: named('Moment') }),
    tick: checkbox({ label: named('Tick') }),
    color: choice({ label: named('Color'), values: colors }),
    shades: multiChoice({ label: named('Shades'), values: colors }),
    trade: baseValue({ label: named('Trade'), list: 'industry' }),
    firm: reference({ label: named('Firm'), to: 'account' }),
    subject: anyReference({ label: named('Subject'), to: ['account', 'contact'] }),
    people: references({ label: named('People'), to: 'contact' }),
    mail: email({ label: named('Mail') }),
    line2: phone({ label: named('Call') }),
    page: url({ label: named('Page') }),
    place: address({ label: named('Place') }),
    person: personName({ label: named('Person') }),
    extra: json({ label: named('Extra') }),
    sequence: serial({ label: named('Sequence'), prefix: 'S-' }),
  },
  list: { columns: ['line'], sort: 'line' },
  form: [
    {
      label: named('All'),
      fields: [
        'line',
        'story',
        'whole',
        'exact',
        'price',
        'share',
        'day',
        'moment',
        'tick',
        'color',
        'shades',
        'trade',
        'firm',
        'subject',
        'people',
        'mail',
        'line2',
        'page',
        'place',
        'person',
        'extra',
        'sequence',
      ],
    },
  ],
  navigation: true,
  access: { sales: { create: 'all', read: 'all', update: 'all', remove: 'all' } },
});

journey('A field of every type', () => {
  let browser: Browser;
  let app: TestApp;
  let contact: string;
  let account: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    app = await testApp({ more: [specimen] });
    account = (await app.admin.browser('POST', '/accounts', { name: 'Maison Élan' })).body.id;
    contact = (await app.admin.browser('POST', '/contacts', { name: { first: 'Zoé', last: 'Lémery' } })).body
      .id;
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  const pick = async (page: Page, field: string, words: string, option: RegExp): Promise<void> => {
    await page.getByRole('combobox', { name: field, exact: true }).fill(words);
    await page.getByRole('option', { name: option }).first().click();
  };
  const stored = async (page: Page, who: Caller = app.admin) => {
    await page.waitForURL(/\/specimens\/[0-9a-f-]{36}$/);
    await page.getByRole('button', { name: /^(Edit|Modifier)$/ }).waitFor();
    return (await who.browser('GET', `/specimens/${page.url().split('/').at(-1)}`)).body;
  };

  test('is in the form of this test', () => {
    const used = new Set(Object.values(specimen.fields).map(({ type }) => type));
    expect([...fieldTypes.keys()].filter((type) => !used.has(type))).toEqual([]);
  });

  test('is typed in English, and means what was typed', async () => {
    const page = await app.pageOf(browser, app.admin, '/specimens/new');
    const type = (name: string, value: string) =>
      page.getByRole('textbox', { name, exact: true }).fill(value);
    await type('Line', 'First');
    await type('Story', 'Once\nupon');
    await type('Whole', '1,200');
    await type('Exact', '3.125');
    await type('Extra', '{"max": [80, 1.5]}');
    await type('Price', '12.5');
    await page.getByRole('combobox', { name: 'Price – Currency' }).fill('british');
    await page.getByRole('option', { name: /GBP/ }).click();
    await type('Share', '12.5 %');
    await type('Day', '12/24/2026');
    await type('Moment', '12/24/2026 18:30');
    await page.getByRole('checkbox', { name: 'Tick' }).check();
    await page.getByRole('combobox', { name: 'Color', exact: true }).click();
    await page.getByRole('option', { name: 'Green' }).click();
    await page
      .getByRole('textbox', { name: 'Shades' })
      .or(page.getByRole('combobox', { name: 'Shades' }))
      .click();
    await page.getByRole('option', { name: 'Red' }).click();
    await page.keyboard.press('Escape');
    await pick(page, 'Trade', 'bank', /Banking/);
    await pick(page, 'Firm', 'elan', /Maison Élan/);
    await pick(page, 'Subject', 'lemer', /Lémery/);
    await pick(page, 'People', 'lemer', /Lémery/);
    await page.keyboard.press('Escape');
    await type('Mail', 'ada@example.org');
    await type('Call', '+33 1 42 68 53 00');
    await type('Page', 'https://example.org/');
    await type('Place – Street', '1 rue du Bac');
    await type('Place – City', 'Paris');
    await page.getByRole('combobox', { name: 'Place – Country' }).fill('fran');
    await page.getByRole('option', { name: 'France', exact: true }).click();
    await type('Last name', 'Lovelace');
    await expectAccessible(page);
    await screenshot(page, 'every field');
    await page.keyboard.press('Control+Enter');
    expect(await stored(page)).toMatchObject({
      line: 'First',
      sequence: 'S-00001',
      story: 'Once\nupon',
      whole: 1200,
      exact: '3.125',
      extra: { max: [80, 1.5] },
      price: { amount: '12.50', currency: 'GBP' },
      share: '12.50',
      day: '2026-12-24',
      moment: '2026-12-24T17:30:00.000Z',
      tick: true,
      color: 'green',
      shades: ['red'],
      trade: 'banking',
      firm: { id: account },
      subject: { entity: 'contact', id: contact },
      people: [{ id: contact }],
      mail: 'ada@example.org',
      line2: { e164: '+33142685300' },
      page: 'https://example.org/',
      place: { street: '1 rue du Bac', city: 'Paris', country: 'FR' },
      person: { last: 'Lovelace' },
    });
    await expectAccessible(page);
  });

  test('is typed in French by its own rules, on a phone too', async () => {
    const anne = await app.user('Anne');
    expect((await anne.browser('PATCH', '/me', { locale: 'fr', timeZone: 'Europe/Paris' })).status).toBe(200);
    const page = await app.pageOf(browser, anne, '/specimens/new', { viewport: viewports.phone });
    const type = (name: string, value: string) =>
      page.getByRole('textbox', { name, exact: true }).fill(value);
    await type('Line', 'Deuxième');
    await type('Price', '1 250,50');
    await type('Day', '24/12/2026');
    await type('Moment', '24/12/2026 18h30');
    await page.getByRole('button', { name: 'Créer' }).click();
    expect(await stored(page, anne)).toMatchObject({
      price: { amount: '1250.50', currency: 'EUR' },
      day: '2026-12-24',
      moment: '2026-12-24T17:30:00.000Z',
    });
    await expectAccessible(page);
  });

  test('names a record that doesn’t exist yet, made on the way', async () => {
    const page = await app.pageOf(browser, app.admin, '/specimens/new');
    await page.getByRole('textbox', { name: 'Line', exact: true }).fill('Third');
    await page.getByRole('combobox', { name: 'Firm', exact: true }).fill('Brand new');
    await page.getByRole('option', { name: 'New: Account' }).click();
    const dialog = page.getByRole('dialog', { name: 'New: Account' });
    await expect.poll(() => dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Brand new');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    expect(await stored(page)).toMatchObject({ line: 'Third', firm: { label: 'Brand new' } });
  });
});
