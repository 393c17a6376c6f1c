import { expect, test } from 'vitest';
import { message } from '../../lib/message.ts';
import { textPage } from './text-page.ts';

test('what a page quotes is text in it, never a part of the page', () => {
  const said = message('quoted-in-a-test', 'No “{name}”.', 'Pas de « {name} ».', 'No hay «{name}».');
  const page = textPage('es', said, { name: '<img src=x onerror=alert(1)>&"' });
  expect(page).toContain('No hay «&lt;img src=x onerror=alert(1)&gt;&amp;&quot;».');
  expect(page).not.toContain('<img src=x');
});
