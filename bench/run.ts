import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { detectServices } from '../tests/support/detect-services.cjs';
import { RESULT } from './report';
import type { Row } from './report';

const root = path.resolve(__dirname, '..');
const rowsDir = path.join(__dirname, 'rows');
const names = [
  'scan',
  'log',
  'parse',
  'latency',
  'conversation',
  'contact-page',
  'contact-page-growth',
  'migrations',
  'processes',
  'unchanged',
  'million',
];

/** `npm run bench`: every row, or the rows that are named. `--write` writes the table to docs/benchmarks.md. */
const main = async (): Promise<void> => {
  const asked = process.argv.slice(2).filter((argument) => argument !== '--write');
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no benchmark "${unknown}": choose among ${names.join(', ')}.`);
  for (const [program, get] of [
    ['/usr/sbin/dovecot', 'dovecot-imapd'],
    ['/usr/bin/mbsync', 'isync'],
  ] as const) {
    if (!existsSync(program))
      throw new Error(`${program} is missing: run bash .ci/services, or install ${get}.`);
  }
  // The test helpers read this list of services.
  process.env.EMAIL_CONNECT_SERVICES = JSON.stringify(await detectServices());
  const rows: Row[] = [];
  for (const name of asked.length > 0 ? asked : names) {
    console.log(`\n== ${name}`);
    rows.push(...(await measure(name)));
  }
  const table = tableOf(rows);
  console.log(`\n${table}`);
  if (process.argv.includes('--write')) await writePage(pageOf(table));
};

const writePage = async (page: string): Promise<void> => {
  const filepath = path.join(root, 'docs', 'benchmarks.md');
  writeFileSync(filepath, await format(page, { ...(await resolveConfig(filepath)), filepath }));
};

/** Each row runs in a process of its own: remains of one must not slow the next. */
const measure = (name: string): Promise<Row[]> =>
  new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(process.execPath, ['--import', 'tsx', path.join(rowsDir, `${name}.ts`)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      // Needed by the test helpers that look for services.
      env: { ...process.env, NODE_ENV: 'production' },
    });
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      process.stdout.write(chunk.toString().replace(new RegExp(`^${RESULT}.*\n`, 'm'), ''));
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      const line = output.split('\n').find((candidate) => candidate.startsWith(RESULT));
      if (code === 0 && line) resolve(JSON.parse(line.slice(RESULT.length)) as Row[]);
      else reject(new Error(`The benchmark ${name} ended with ${code} and no result.`));
    });
  });

const tableOf = (rows: readonly Row[]): string =>
  [
    '| work | ours | against | ratio | reach | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(
      ({ work, ours, against, ratio, reach, reached }) =>
        `| ${work} | ${ours} | ${against} | ${ratio} | ${reach} | ${reached ? 'reached' : 'missed'} |`
    ),
  ].join('\n');

const pageOf = (table: string): string => `# Benchmarks

\`npm run bench -- --write\` makes this page. Every number stands beside its limit or its peer, measured in the same run on
the same machine: ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB of memory. Ratios travel between machines, seconds do not.
The mail server is Dovecot on the same machine; both sides share its cores.

${table}
`;

void main();
