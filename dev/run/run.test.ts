import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A child that hangs fails its test; without a limit `spawnSync` would hold the whole run. */
const PATIENCE_MS = 20_000;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'email-connect-run-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const put = (file: string, content: string) => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), content);
};

const snippet = (module: string, body: string) =>
  `import * as it from ${JSON.stringify(pathToFileURL(path.join(__dirname, module)).href)};
   const root = ${JSON.stringify(folder)};
   ${body}`;

/** Runs a few lines of plain Node on one of the modules, `it`; these modules must work before anything is installed. */
const runNode = (module: string, body: string) => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', snippet(module, body)],
    { cwd: folder, encoding: 'utf8', timeout: PATIENCE_MS, killSignal: 'SIGKILL' }
  );
  return { stdout: stdout.trim(), stderr, status };
};

const ask = (module: string, expression: string): unknown => {
  const { stdout, stderr } = runNode(module, `console.log(JSON.stringify(${expression}))`);
  if (stderr) throw new Error(stderr);
  return JSON.parse(stdout);
};

describe('node version', () => {
  it('accepts what Strapi and the build accept', () => {
    for (const version of ['20.19.0', '20.20.2', '22.12.0', '26.1.0']) {
      expect(ask('node-version.mjs', `it.explainNode('${version}')`)).toBe('');
    }
  });

  it('says in plain words what is too old and what to install', () => {
    for (const version of ['18.20.0', '20.18.3']) {
      expect(ask('node-version.mjs', `it.explainNode('${version}')`)).toMatch(
        new RegExp(`needs Node 20.19 or newer; this is Node ${version}`)
      );
    }
  });
});

describe('what is installed', () => {
  const wanted = {
    '': { version: '0.1.0', dependencies: { a: '^1.0.0', own: '*' }, devDependencies: { b: '^2.0.0' } },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/peer': { version: '3.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
    'node_modules/own': { resolved: 'own', link: true },
    own: { version: '0.1.0' },
  };
  const install = (present: object) => {
    put('package-lock.json', JSON.stringify({ packages: wanted }));
    put('node_modules/.package-lock.json', JSON.stringify({ packages: present }));
    return ask('installed.mjs', 'it.isInstalled(root)');
  };

  it('is complete without the optional packages of other systems and peers that nobody needs', () => {
    expect(install({ 'node_modules/a': { version: '1.0.0' } })).toBe(true);
  });

  it('is not complete with an older package, without one, or without node_modules', () => {
    expect(install({ 'node_modules/a': { version: '0.9.0' } })).toBe(false);
    expect(install({})).toBe(false);
    expect(
      install({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/left': { version: '1.0.0' } })
    ).toBe(false);
    rmSync(path.join(folder, 'node_modules'), { recursive: true });
    expect(ask('installed.mjs', 'it.isInstalled(root)')).toBe(false);
  });
});

describe('what is built', () => {
  const fresh = () =>
    ask(
      'stamp.mjs',
      `it.isFresh(root, 'part', ['out/a.js'], it.hashSources(root, ['src', 'lock'], ['src/x/']))`
    );

  beforeEach(() => {
    put('src/a.ts', '1');
    put('src/deep/b.ts', '2');
    put('lock', '3');
    put('out/a.js', 'built');
    runNode('stamp.mjs', `it.writeStamp(root, 'part', it.hashSources(root, ['src', 'lock'], ['src/x/']))`);
  });

  it('stays fresh while only tests, outputs and excluded folders change', () => {
    put('src/a.test.ts', 'new');
    put('src/dist/a.js', 'new');
    put('src/x/a.ts', 'new');

    expect(fresh()).toBe(true);
  });

  it.each([
    ['a source changed', () => put('src/deep/b.ts', '22')],
    ['a source came', () => put('src/deep/c.ts', '')],
    ['a source went', () => rmSync(path.join(folder, 'src/a.ts'))],
    ['the output went', () => rmSync(path.join(folder, 'out/a.js'))],
    ['it was never built', () => rmSync(path.join(folder, '.cache'), { recursive: true })],
  ])('is stale when %s', (_case, change) => {
    change();

    expect(fresh()).toBe(false);
  });
});

describe('building alone', () => {
  const mark = (name: string) =>
    `await it.alone(root, async () => {
       const { appendFileSync } = await import('node:fs');
       appendFileSync('order', '${name}+ ');
       await new Promise((resolve) => setTimeout(resolve, 300));
       appendFileSync('order', '${name}- ');
     });`;
  const start = (name: string) =>
    new Promise((resolve) =>
      spawn(process.execPath, ['--input-type=module', '--eval', snippet('lock.mjs', mark(name))], {
        cwd: folder,
      }).on('exit', resolve)
    );

  it('two commands never build at the same time', async () => {
    await Promise.all([start('a'), start('b')]);

    expect(['a+ a- b+ b- ', 'b+ b- a+ a- ']).toContain(readFileSync(path.join(folder, 'order'), 'utf8'));
  });

  it('a command that was killed does not block the next one', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    put('.cache/email-connect/building.pid', String(pid));

    expect(runNode('lock.mjs', mark('a')).status).toBe(0);
    expect(existsSync(path.join(folder, '.cache/email-connect/building.pid'))).toBe(false);
  });
});

describe('running a command', () => {
  it('passes its exit code on', () => {
    expect(ask('process.mjs', `await it.runInFront(root, [process.execPath, '-e', 'process.exit(3)'])`)).toBe(
      3
    );
  });

  it('hands SIGTERM on to it and answers 128 + 15', async () => {
    const body = `console.log(await it.runInFront(root, [process.execPath, '-e', 'console.log("up"); setInterval(() => {}, 1000)']))`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', snippet('process.mjs', body)]);
    let said = '';
    await new Promise((resolve) => {
      child.stdout.on('data', (data: Buffer) => {
        said += data.toString();
        if (said === 'up\n') child.kill('SIGTERM');
      });
      child.on('close', resolve);
    });

    expect(said).toBe('up\n143\n');
  });

  it('keeps quiet when it succeeds and shows the end of its output when it fails', () => {
    const good = runNode(
      'process.mjs',
      `await it.runQuietly(root, 'good', [process.execPath, '-e', 'console.log(1)'])`
    );
    const bad = runNode(
      'process.mjs',
      `await it.runQuietly(root, 'bad', [process.execPath, '-e', 'console.error("why"); process.exit(2)'])`
    );

    expect(good).toEqual({ stdout: '', stderr: '', status: 0 });
    expect(bad.stderr).toMatch(/ended with 2:\nwhy/);
  });
});
