import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: a name that is the same everywhere can be searched for.',
};

const noJumpingMouse = {
  selector:
    'CallExpression[callee.property.name=/^(click|dblclick|hover|tap|check|uncheck|setChecked|selectOption|dragTo|dragAndDrop|dispatchEvent)$/]',
  message:
    'It jumps onto its target past what lies over it: use `click` or `hover` of tests/support/browser-mouse.ts.',
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '**/build/',
      '.cache/',
      '.tmp/',
      '.strapi/',
      'types/generated/',
      '**/*.cjs',
    ],
  },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mjs'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { prefer: 'type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', noDefaultExport],
    },
  },
  {
    // A promise that nobody waits for fails where nobody hears it. Only types show one.
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      parserOptions: {
        project: [
          'tsconfig.json',
          'src/admin/tsconfig.json',
          'tests/tsconfig.json',
          'src/plugins/email-connect/server/tsconfig.json',
          'src/plugins/email-connect/admin/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
    },
  },
  {
    // Strapi and the tools load these by their default export.
    files: [
      'config/**/*.ts',
      'src/index.ts',
      'src/admin/app.tsx',
      '**/server/src/index.ts',
      '**/admin/src/index.ts',
      '**/admin/src/pages/App.tsx',
      '*.config.*',
      'eslint.config.mjs',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'tests/**', 'dev/**', 'bench/**'],
    rules: {
      'max-lines-per-function': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['tests/e2e/**', 'tests/support/browser*.ts'],
    ignores: ['tests/support/browser-mouse.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, noJumpingMouse] },
  },
  {
    files: ['**/admin/src/**'],
    ...reactHooks.configs.flat.recommended,
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }],
    },
  }
);
