import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

/** Raw Electron IPC lives in one file a side; the message names what to use instead. */
const rawIpc = {
  name: 'electron',
  importNames: ['ipcMain', 'ipcRenderer'],
  message:
    'Use registerCalls or createSendEvent (src-main/ipc); in the preload, electronHost (src-preload/bridge).',
}

const namedExportsOnly = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a name is found by search and survives renaming.',
}
const noInnerHtml = {
  selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
  message:
    'Use src-renderer/ui/markdown/markdown-view.svelte: sanitised text arrives there as nodes, never as HTML text.',
}
const noRawSend = {
  selector: "MemberExpression[object.property.name='webContents'][property.name='send']",
  message: 'Use createSendEvent (src-main/ipc/send-event.ts): it is typed by the contract.',
}
const noEnum = {
  selector: 'TSEnumDeclaration',
  message: 'Use a union of string literals from a const array.',
}

const product = ['src-*/**/*.ts', 'src-renderer/**/*.svelte']

export default ts.config(
  {
    ignores: ['out/', 'dist/', 'release/', 'coverage/', '.cache/', 'test-results/', 'playwright-report/'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ts.configs.recommended,
  svelte.configs.recommended,
  svelte.configs.prettier,
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: {
        // One program for all folders: what they share is read and understood once.
        project: ['./tsconfig.lint.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
    },
  },
  // Components are linted without types: their types are svelte-check's, and a typed lint of one builds the whole program anew.
  {
    files: ['**/*.ts', '**/*.svelte'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-undef': 'off', // The compiler knows the names of each folder's world better.
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      // Plain maps and sets are right for what no view reads; the rule cannot tell.
      'svelte/prefer-svelte-reactivity': 'off',
      'prefer-const': 'off',
      'svelte/prefer-const': [
        'error',
        { destructuring: 'all', excludedRunes: ['$props', '$derived', '$state'] },
      ],
    },
  },
  {
    rules: {
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-control-regex': 'off', // Hostile text is what Forager handles: control characters are looked for on purpose.
      'no-restricted-syntax': ['error', namedExportsOnly, noEnum],
    },
  },
  {
    files: product,
    rules: {
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-restricted-imports': ['error', { paths: [rawIpc] }],
      'no-restricted-syntax': ['error', namedExportsOnly, noEnum, noInnerHtml, noRawSend],
    },
  },
  {
    files: ['src-main/ipc/raw-ipc-main.ts', 'src-preload/bridge/electron-host.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  { files: ['tests/**'], rules: { 'max-lines': ['error', { max: 500 }] } },
  { files: ['tests/**', 'build/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: globals.node } },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['*.config.{js,ts}', '**/*.config.{js,ts}'],
    rules: { 'no-restricted-syntax': 'off' },
  },
)
