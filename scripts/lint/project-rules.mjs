/**
 * The lint rules of this project that no published plugin has. Each has a name of its own, so that `scripts/planted.mjs` can ask
 * whether it still fires. (One `no-restricted-syntax` list was tried first: a later block of the configuration replaces the
 * whole list of an earlier one, and a rule lost that way is lost in silence.)
 */

/** Reports every node that one of the selectors matches. */
function forbid(message, ...selectors) {
  return {
    meta: { type: 'problem', schema: [], docs: { description: message } },
    create: (context) =>
      Object.fromEntries(selectors.map((selector) => [selector, (node) => context.report({ node, message })])),
  }
}

const namedExportsOnly = forbid(
  'Export by name: a default export is called something else in every file that imports it.',
  'ExportDefaultDeclaration',
  "ExportSpecifier[exported.name='default']",
)

const noAmbientClock = forbid(
  'Take `today` or `now` as an argument: a rule that reads the clock cannot be asked about another day.',
  "NewExpression[callee.name='Date'][arguments.length=0]",
  "CallExpression[callee.name='Date']",
)

const LOCAL_TIME_METHODS =
  '/^(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds)$|^getTimezoneOffset$|^toLocale(Date|Time)String$/'

const noLocalTime = forbid(
  "This reads the machine's time zone. Civil dates are strings; on an instant use the UTC methods.",
  `CallExpression[callee.property.name=${LOCAL_TIME_METHODS}]`,
  "NewExpression[callee.name='Date'][arguments.length>1]",
)

const ANTD_BARRELS = '/^(antd|antd\\u002F(es|lib)|antd\\u002Flib\\u002F.*|@ant-design\\u002Ficons)$/'

/**
 * `import type` is free. `import { type X }` is not: under `verbatimModuleSyntax` it stays behind as `import 'antd'`.
 * Through the barrel all of antd falls into the entry chunk: 401 KB at log-in where 238 KB do (gzip, measured).
 */
const antdByPath = forbid(
  "Import antd by path ('antd/es/table', '@ant-design/icons/PlusOutlined'), or its types by `import type`: the barrel puts all of it into the first page.",
  `ImportDeclaration[importKind!='type'][source.value=${ANTD_BARRELS}]`,
  `ExportNamedDeclaration[exportKind!='type'][source.value=${ANTD_BARRELS}]`,
  `ExportAllDeclaration[exportKind!='type'][source.value=${ANTD_BARRELS}]`,
  `ImportExpression[source.value=${ANTD_BARRELS}]`,
)

const ROLE = '/^roles?$/'
const SEARCHES = '/^(includes|some|every|has|find|indexOf)$/'

const webAsksAbilities = forbid(
  'Ask the `abilities` that came with the resource: who may do what is decided once, on the server.',
  ...['left', 'right'].flatMap((side) => [
    `BinaryExpression[operator=/^[!=]==?$/] > MemberExpression.${side}[property.name=${ROLE}]`,
    `BinaryExpression[operator=/^[!=]==?$/] > Identifier.${side}[name=${ROLE}]`,
    `BinaryExpression[operator=/^[!=]==?$/] > ChainExpression.${side} > MemberExpression[property.name=${ROLE}]`,
  ]),
  `CallExpression[callee.property.name=${SEARCHES}][callee.object.property.name=${ROLE}]`,
  `CallExpression[callee.property.name=${SEARCHES}][callee.object.name=${ROLE}]`,
  `CallExpression[callee.property.name=/^(includes|has|indexOf)$/] > MemberExpression.arguments[property.name=${ROLE}]`,
  `CallExpression[callee.property.name=/^(includes|has|indexOf)$/] > Identifier.arguments[name=${ROLE}]`,
  `SwitchStatement[discriminant.property.name=${ROLE}]`,
  `SwitchStatement[discriminant.name=${ROLE}]`,
)

const SQL_STATEMENT =
  '/^\\s*(select\\s[\\s\\S]*\\sfrom\\s|insert\\s+into\\s|update\\s+\\S+\\s+set\\s|delete\\s+from\\s|with\\s+(recursive\\s+)?\\w+\\s+as\\s|merge\\s+into\\s|truncate\\s|set\\s+local\\s|create\\s+(table|index)\\s|alter\\s+table\\s)/i'

/** dependency-cruiser sees who imports kysely; it does not see who is handed a handle and queries through it. */
const sqlOnlyInRepo = forbid(
  'A query stands in a *.repo.ts or in the platform, where it is read, measured and scoped.',
  'TaggedTemplateExpression[tag.name="sql"]',
  'CallExpression[callee.object.name="sql"][callee.property.name=/^(raw|lit|ref|table|id|join|value|val)$/]',
  'CallExpression[callee.property.name=/^(selectFrom|selectNoFrom|insertInto|updateTable|deleteFrom|mergeInto|replaceInto)$/]',
  `Literal[value=${SQL_STATEMENT}]`,
  `TemplateElement[value.raw=${SQL_STATEMENT}]`,
)

const TEST_FUNCTIONS = new Set(['it', 'test', 'describe', 'suite'])
const IDLE = new Set(['only', 'skip', 'todo', 'skipIf', 'runIf'])

const noIdleTest = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'Every test that is written runs, and every run runs them all.' },
  },
  create: (context) => {
    const message =
      'Every test that is written runs, everywhere: mend it or delete it. (`skipIf` hides a gap on one machine.)'
    const rootName = (node) => (node.type === 'MemberExpression' ? rootName(node.object) : node.name)
    return {
      MemberExpression: (node) => {
        if (IDLE.has(node.property.name) && TEST_FUNCTIONS.has(rootName(node))) context.report({ node, message })
      },
      'CallExpression[callee.name=/^x(it|test|describe)$/]': (node) => context.report({ node, message }),
    }
  },
}

export const projectRules = {
  meta: { name: 'bihuan' },
  rules: {
    'named-exports-only': namedExportsOnly,
    'no-ambient-clock': noAmbientClock,
    'no-local-time': noLocalTime,
    'antd-by-path': antdByPath,
    'web-asks-abilities': webAsksAbilities,
    'sql-only-in-repo': sqlOnlyInRepo,
    'no-idle-test': noIdleTest,
  },
}
