import type { Page } from 'playwright-core';
import type { en } from '../../src/web/i18n/en.ts';

/** Something that a click opens on a screen: a menu, a dialog, a panel. */
export interface Opening {
  readonly name: string;
  /** The screen it stands on. */
  readonly path: string;
  /** Opens it by the words of the language that the page speaks, and waits until it is there. */
  readonly open: (page: Page, words: typeof en) => Promise<void>;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
/** What a text says before what is put into it. */
const beginning = (text: string): string => text.split('{{')[0] ?? text;

const filterDialog = async (page: Page, words: typeof en): Promise<void> => {
  await button(page, words.expression.advancedFilter).click();
  await page.getByRole('dialog').getByRole('button', { name: words.common.apply }).waitFor();
};

const viewMenu = async (page: Page, words: typeof en): Promise<void> => {
  await page.getByRole('button', { name: beginning(words.views.shown) }).click();
  await page.getByRole('menuitem', { name: words.views.saveAs }).waitFor();
};

/** What opens on the screens of an account that there is: filters, views, exports, rights, changes of many. */
export function openingsOf(account: string): readonly Opening[] {
  const filter = encodeURIComponent(
    'kind = customer or employees > 10 and any(opportunities, stage.class = open)',
  );
  return [
    { name: 'the filter as rows', path: `/accounts?where=${filter}`, open: filterDialog },
    {
      name: 'the filter as text',
      path: `/accounts?where=${filter}`,
      async open(page, words) {
        await filterDialog(page, words);
        await page.getByRole('dialog').getByText(words.expression.text, { exact: true }).click();
        await page.getByRole('textbox', { name: words.expression.label }).waitFor();
      },
    },
    { name: 'the menu of views', path: '/opportunities', open: viewMenu },
    {
      name: 'a view to be saved',
      path: '/opportunities',
      async open(page, words) {
        await viewMenu(page, words);
        await page.getByRole('menuitem', { name: words.views.saveAs }).click();
        await page.getByRole('dialog').waitFor();
      },
    },
    {
      name: 'the menu of exports',
      path: '/accounts',
      async open(page, words) {
        await button(page, words.exports.title).click();
        await page.getByRole('dialog', { name: words.exports.title }).getByRole('link').waitFor();
      },
    },
    {
      name: 'why somebody may see a record',
      path: `/accounts/${account}`,
      async open(page, words) {
        await button(page, words.record.actions).click();
        await page.getByRole('menuitem', { name: words.access.whyShort }).click();
        await page.getByRole('dialog', { name: words.access.why }).locator('dd').first().waitFor();
      },
    },
    {
      name: 'a change of many records',
      path: '/accounts?columns=name',
      async open(page, words) {
        // A phone selects by tap, once it has been told so.
        const byTap = button(page, words.list.selecting);
        if (await byTap.isVisible()) await byTap.click();
        // By keyboard: on a phone the whole card is the label of its box.
        await page.locator('main').getByRole('checkbox').first().press(' ');
        await button(page, words.bulk.change).click();
        await page.getByRole('dialog').waitFor();
      },
    },
  ];
}
