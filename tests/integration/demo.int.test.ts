import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');

/** The demo as a person runs it, behind `npm run demo -- --exit`; `onOutput` sees all that it has printed so far. */
const runDemo = (onOutput: (output: string) => void = () => undefined) =>
  new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const demo = spawn(process.execPath, ['--import', 'tsx', 'dev/demo.ts', '--exit'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
      onOutput(output);
    };
    demo.stdout.on('data', collect);
    demo.stderr.on('data', collect);
    demo.once('error', reject);
    demo.once('close', (code) => resolve({ code, output }));
  });

describe('npm run demo -- --exit', () => {
  test('closes the loop: the reply and its file stand on the contact, with the time it took', async () => {
    const { code, output } = await runDemo();
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toMatch(/-> \d\d:\d\d:\d\d {2}Mara Lindqvist/);
    expect(output).toMatch(/<- \d\d:\d\d:\d\d {2}Lena Hartmann/);
    expect(output).toMatch(/\[Test ride form\.pdf, \d+ bytes\]/);
    expect(output).toMatch(/visible on the contact: \d+ ms/);
  }, 120_000);

  test('ends with the cause, and not with 0, when the mail server is killed', async () => {
    let killed = false;
    const { code, output } = await runDemo((soFar) => {
      const pid = /mail server .* process (\d+)/.exec(soFar)?.[1];
      if (killed || pid === undefined || !soFar.includes('is connected')) return;
      killed = true;
      process.kill(Number(pid), 'SIGKILL');
    });
    expect(killed).toBe(true);
    expect(code).toBe(1);
    expect(output).toContain('The loop did not close. The mail server is gone: it was ended by SIGKILL.');
    expect(output).not.toContain('visible on the contact');
  }, 120_000);
});
