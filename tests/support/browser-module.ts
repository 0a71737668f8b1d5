import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const transpile = (file: string): string =>
  ts.transpileModule(readFileSync(file, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  }).outputText;

/**
 * A TypeScript file and those it imports by a relative path, as one expression of JavaScript whose value is what the
 * file exports: so that code for browsers is tested in one, without a build of the panel.
 */
export const browserModule = (entry: string): string => {
  const modules = new Map<string, string>();
  const add = (file: string): void => {
    if (modules.has(file)) return;
    modules.set(file, '');
    const code = transpile(file).replace(/require\("(\.[^"]+)"\)/g, (_all, name: string) => {
      const imported = path.resolve(path.dirname(file), `${name}.ts`);
      add(imported);
      return `load(${JSON.stringify(imported)})`;
    });
    modules.set(file, code);
  };
  add(path.resolve(entry));
  const bodies = [...modules].map(
    ([file, code]) => `${JSON.stringify(file)}: (exports, load) => {${code}\n}`
  );
  return `(() => {
    const modules = {${bodies.join(',\n')}};
    const loaded = {};
    const load = (file) => {
      if (!(file in loaded)) modules[file]((loaded[file] = {}), load);
      return loaded[file];
    };
    return load(${JSON.stringify(path.resolve(entry))});
  })()`;
};
