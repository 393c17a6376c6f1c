// The browsable page of the API: fetches the OpenAPI document as its reader may see it, and lays it out.

const main = document.querySelector('main');
const texts = main.dataset;

/** An element with attributes and children; text is always text, never markup. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

async function load(key) {
  const from = key ? '/api/v1/openapi.json' : texts.source;
  const response = await fetch(from, { headers: key ? { authorization: `Bearer ${key}` } : {} });
  const answer = await response.json();
  if (response.ok) return answer;
  const refusal = new Error(answer.detail ?? answer.title);
  refusal.isSignIn = response.status === 401;
  throw refusal;
}

function askForKey(refusal) {
  const input = make('input', {
    id: 'key',
    type: 'password',
    autocomplete: 'off',
    required: '',
    spellcheck: 'false',
  });
  const said = make('p', { role: 'alert' }, refusal ?? '');
  const form = make(
    'form',
    {},
    make('p', {}, texts.askKey),
    make('label', { for: 'key' }, texts.key),
    input,
    make('button', {}, texts.show),
    said,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      show(await load(input.value.trim()));
    } catch (error) {
      said.textContent = error.message;
    }
  });
  main.replaceChildren(make('h1', {}, 'Rapport API'), form);
}

function show(api) {
  const nav = make('nav', { 'aria-label': texts.contents });
  const body = make('div', { class: 'operations' });
  const groups = new Map();
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of ['get', 'post', 'patch', 'delete']) {
      const operation = item[method];
      if (!operation) continue;
      const tag = operation.tags[0];
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(operationOf(api, { path, method, operation, shared: item.parameters ?? [] }));
    }
  }
  for (const [tag, operations] of groups) {
    const id = `tag-${[...groups.keys()].indexOf(tag)}`;
    nav.append(make('a', { href: `#${id}` }, tag));
    body.append(make('section', { 'aria-labelledby': id }, make('h2', { id }, tag), ...operations));
  }
  const search = make('input', { id: 'filter', type: 'search' });
  search.addEventListener('input', () => {
    const wanted = search.value.trim().toLowerCase();
    for (const operation of body.querySelectorAll('details.operation'))
      operation.hidden = !operation.dataset.text.includes(wanted);
    for (const section of body.querySelectorAll('section'))
      section.hidden = !section.querySelector('details.operation:not([hidden])');
  });
  main.replaceChildren(
    make('h1', {}, `${api.info.title} API ${api.info.version}`),
    make('p', {}, api.info.description),
    make('p', {}, make('code', {}, api.servers[0].url), ' · OpenAPI ', api.openapi),
    make('p', {}, make('label', { for: 'filter' }, texts.filter), ' ', search),
    nav,
    body,
  );
}

function operationOf(api, { path, method, operation, shared }) {
  const details = make('details', {
    class: 'operation',
    'data-text': `${method} ${path} ${operation.summary} ${operation.tags[0]}`.toLowerCase(),
  });
  details.append(
    make(
      'summary',
      {},
      make('span', { class: `method ${method}` }, method.toUpperCase()),
      make('code', {}, path),
      make('span', { class: 'what' }, operation.summary),
    ),
  );
  // Long documents stay quick: an operation is laid out when it is first opened.
  details.addEventListener(
    'toggle',
    () => details.childElementCount === 1 && details.append(detailsOf(api, operation, shared)),
  );
  return details;
}

function detailsOf(api, operation, shared) {
  const parts = make('div', { class: 'parts' });
  const parameters = [...shared, ...(operation.parameters ?? [])];
  if (parameters.length > 0) {
    const rows = parameters.map((each) =>
      make(
        'tr',
        {},
        make('td', {}, make('code', {}, each.name)),
        make('td', {}, typeOf(each.schema)),
        make('td', {}, each.description ?? ''),
      ),
    );
    parts.append(make('h3', {}, texts.parameters), make('table', {}, make('tbody', {}, ...rows)));
  }
  const body = operation.requestBody?.content['application/json'].schema;
  if (body) parts.append(make('h3', {}, texts.body), schemaOf(api, body));
  for (const [status, answer] of Object.entries(operation.responses)) {
    const schema = answer.content?.['application/json']?.schema;
    if (!status.startsWith('2')) continue;
    parts.append(
      make('h3', {}, `${texts.answer} ${status}`),
      schema ? schemaOf(api, schema) : make('p', {}, '—'),
    );
  }
  const refusals = Object.entries(operation.responses).filter(([status]) => !status.startsWith('2'));
  parts.append(
    make('h3', {}, texts.refusals),
    make('p', {}, refusals.map(([status, answer]) => `${status} ${answer.description}`).join(' · ')),
  );
  return parts;
}

const resolve = (api, schema) =>
  schema.$ref
    ? { ...api.components.schemas[schema.$ref.split('/').at(-1)], name: schema.$ref.split('/').at(-1) }
    : schema;

/** A few words for a schema: `text`, `array of Account`, `A or B`. */
function typeOf(schema) {
  if (schema.$ref) return schema.$ref.split('/').at(-1);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeOf).join(' | ');
  if (schema.type === 'array') return `[${typeOf(schema.items ?? {})}]`;
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? '…');
  return [type, schema.format && `(${schema.format})`, schema.maxLength && `≤ ${schema.maxLength}`]
    .filter(Boolean)
    .join(' ');
}

function schemaOf(api, given) {
  const schema = resolve(api, given);
  const inner = schema.oneOf
    ? resolve(api, schema.oneOf[0])
    : schema.type === 'array'
      ? resolve(api, schema.items)
      : schema;
  const block = make('div', {}, make('p', {}, make('code', {}, typeOf(given))));
  if (inner.properties) {
    const needed = new Set(inner.required ?? []);
    const rows = Object.entries(inner.properties).map(([name, each]) =>
      make(
        'tr',
        {},
        make(
          'td',
          {},
          make('code', {}, name),
          needed.has(name) ? make('abbr', { title: texts.required }, ' *') : null,
        ),
        make('td', {}, typeOf(each)),
        make('td', {}, [each.title, each.description].filter(Boolean).join('. ')),
      ),
    );
    block.append(make('table', {}, make('tbody', {}, ...rows)));
  }
  const example = inner.examples?.[0];
  if (example) block.append(make('pre', { tabindex: '0' }, JSON.stringify(example, null, 2)));
  return block;
}

try {
  show(await load(null));
} catch (error) {
  if (error.isSignIn) askForKey();
  else main.replaceChildren(make('p', { role: 'alert' }, error.message));
}
