import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'
import { projectRules } from './scripts/lint/project-rules.mjs'

const TESTS = ['**/*.test.{ts,tsx,mjs}', '**/*.e2e.ts']
const TYPED = ['{packages,apps}/*/{src,test}/**/*.{ts,tsx}', '{e2e,bench}/src/**/*.ts', 'scripts/**/*.ts']

/** What typescript-eslint and the react plugin recommend, held to our files: their own configurations apply to every file. */
const recommendedTypeChecked = Object.assign({}, ...tseslint.configs.recommendedTypeChecked.map(({ rules }) => rules))
const recommendedReactHooks = reactHooks.configs.flat.recommended.rules

export default [
  {
    ignores: ['**/dist/', '**/node_modules/', '.bihuan/', 'coverage/', '*/output/'],
  },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { bihuan: projectRules, '@typescript-eslint': tseslint.plugin, 'react-hooks': reactHooks },
    languageOptions: { parser: tseslint.parser, sourceType: 'module' },
  },

  {
    files: ['**/*.{ts,tsx,mjs,js}'],
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-constant-condition': 'error',
      'no-debugger': 'error',
      'no-dupe-else-if': 'error',
      'no-empty': 'error',
      // The full-width space belongs to Chinese text.
      'no-irregular-whitespace': [
        'error',
        { skipStrings: true, skipTemplates: true, skipRegExps: true, skipJSXText: true, skipComments: true },
      ],
      'no-self-compare': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-escape': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all', ignoreRestSiblings: true },
      ],
      'bihuan/named-exports-only': 'error',
    },
  },

  {
    // No compiler reads these.
    files: ['**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'Buffer', 'URL', 'fetch', 'AbortController', 'AbortSignal', 'performance']
          .concat(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate'])
          .map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'no-undef': 'error' },
  },

  {
    files: TYPED,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...recommendedTypeChecked,
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      // A name imported as `{ type X }` leaves an empty import of the module behind.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // An async `onClick` is how React code reads; its rejection ends in the query client.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, properties: false } },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all', ignoreRestSiblings: true },
      ],
      // Our ports are objects of closures, written in the short form of methods: none of them has a `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // A route handler or a port may be async by contract and have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
    },
  },

  {
    // Ambient clock, randomness, environment and time zone are I/O too; import rules cannot see them.
    files: ['packages/domain/src/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'global', 'globalThis', 'require', 'fetch', 'console', 'crypto', 'performance'],
        ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take `today` or `now` as an argument.' },
        { object: 'Math', property: 'random', message: 'Take ids and randomness as arguments.' },
      ],
      'bihuan/no-ambient-clock': 'error',
      'bihuan/no-local-time': 'error',
    },
  },

  {
    files: ['apps/server/src/**/*.ts'],
    ignores: ['apps/server/src/platform/**', '**/*.repo.ts', ...TESTS],
    rules: { 'bihuan/sql-only-in-repo': 'error' },
  },

  {
    files: ['apps/web/src/**/*.{ts,tsx}'],
    rules: {
      ...recommendedReactHooks,
      'react-hooks/exhaustive-deps': 'error',
      // Speaks to users of the React Compiler, which this build does not run.
      'react-hooks/incompatible-library': 'off',
      'bihuan/antd-by-path': 'error',
      'bihuan/web-asks-abilities': 'error',
    },
  },

  {
    files: TESTS,
    rules: {
      'bihuan/no-idle-test': 'error',
      // Cells, headers and parameters are printed as they come; a wrong one fails the comparison.
      '@typescript-eslint/no-base-to-string': 'off',
    },
  },

  {
    // Programs that speak on the terminal.
    files: [
      'apps/server/src/cli/**',
      'apps/server/src/cli.ts',
      'apps/server/bin/**',
      'scripts/**',
      'apps/*/scripts/**',
      'bench/**',
    ],
    rules: { 'no-console': 'off' },
  },

  {
    // Files of which a tool reads the default export.
    files: ['*.config.{mjs,ts}', 'apps/*/*.config.ts', 'apps/server/test/global-setup.ts'],
    rules: { 'bihuan/named-exports-only': 'off' },
  },
]
