import type { Locale } from '../../lib/locale.ts';
import { type Message, type MessageParams, message, tell } from '../../lib/message.ts';
import { escapeHtml } from './escape-html.ts';

const toStart = message(
  'to-the-start',
  'Go to the start page',
  'Aller à la page d’accueil',
  'Ir a la página de inicio',
);

/** Like the sign-in page, of which nothing can be asked for while the app itself isn’t served. */
const style = `
:root{color-scheme:light dark;--canvas:#f5f4f1;--sheet:#fff;--line:#e7e5e0;--ink:#1a2422;--brand:#185f52}
@media(prefers-color-scheme:dark){:root{--canvas:#111614;--sheet:#191e1c;--line:#2a302d;--ink:#e9eceb;--brand:#8fd0c0}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-content:center;grid-template-columns:minmax(0,26rem);gap:1.5rem;
padding:1.5rem;background:var(--canvas);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header{display:flex;justify-content:center;align-items:center;gap:.6rem;font-size:1.4rem;font-weight:600}
main{padding:1.5rem;border:1px solid var(--line);border-radius:12px;background:var(--sheet)}
h1{margin:0 0 1rem;font-size:1.1rem;font-weight:500;overflow-wrap:anywhere}
a{color:var(--brand)}`;

/** A whole page that says one thing to somebody whom the app can’t be shown, in his language. */
export function textPage(locale: Locale, said: Message, params: MessageParams = {}): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rapport</title>
<style>${style}</style>
</head>
<body>
<header><img src="/static/logo.svg" alt="" width="36" height="36">Rapport</header>
<main>
<h1>${escapeHtml(tell(locale, said, params))}</h1>
<a href="/">${escapeHtml(tell(locale, toStart))}</a>
</main>
</body>
</html>
`;
}
