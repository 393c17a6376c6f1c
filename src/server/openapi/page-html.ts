import type { Locale } from '../../lib/locale.ts';
import { message, tell } from '../../lib/message.ts';
import { escapeHtml } from '../http/escape-html.ts';

const words = {
  askKey: message(
    'docs-ask-key',
    'Sign in to Rapport in this browser and reload, or give an API key: the page shows what its user may see.',
    'Connectez-vous à Rapport dans ce navigateur et rechargez, ou donnez une clé d’API : la page montre ce que son utilisateur peut voir.',
    'Inicie sesión en Rapport en este navegador y recargue, o dé una clave de API: la página muestra lo que su usuario puede ver.',
  ),
  key: message('docs-key', 'API key', 'Clé d’API', 'Clave de API'),
  show: message('docs-show', 'Show', 'Afficher', 'Mostrar'),
  contents: message('docs-contents', 'Contents', 'Sommaire', 'Contenido'),
  filter: message('docs-filter', 'Find', 'Chercher', 'Buscar'),
  parameters: message('docs-parameters', 'Parameters', 'Paramètres', 'Parámetros'),
  body: message('docs-body', 'Body', 'Corps', 'Cuerpo'),
  answer: message('docs-answer', 'Answer', 'Réponse', 'Respuesta'),
  refusals: message('docs-refusals', 'Refusals', 'Refus', 'Rechazos'),
  required: message('docs-required', 'needed', 'nécessaire', 'necesario'),
  loading: message('docs-loading', 'One moment …', 'Un instant …', 'Un momento …'),
} as const;

/** The page around the API's reference, in the reader's language; `source` is where the document is for a signed-in browser. */
export function docsPage(locale: Locale, source: string): string {
  const data = Object.entries(words)
    .map(
      ([name, said]) =>
        ` data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}="${escapeHtml(tell(locale, said))}"`,
    )
    .join('');
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rapport API</title>
<link rel="stylesheet" href="/api/docs/reference.css">
<script type="module" src="/api/docs/reference.mjs"></script>
</head>
<body><main data-source="${escapeHtml(source)}"${data}><p>${escapeHtml(tell(locale, words.loading))}</p></main></body>
</html>
`;
}
