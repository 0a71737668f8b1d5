import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { plugin, root } from './repository';

const server = `${plugin}/server/src`;
const admin = `${plugin}/admin/src`;
const cases = `${server}/use-cases`;
const records = `${server}/adapters/records`;
const components = `${admin}/components`;

/** By the rule that forbids it: who imports what. */
const planted: Record<string, [from: string, to: string]> = {
  'no-cycles': ['dev/chicken.ts', 'dev/egg.ts'],
  'story-waiting': [`${cases}/waiting/a.ts`, `${cases}/inbox/a.ts`],
  'story-limits': [`${cases}/limits/a.ts`, `${cases}/inbox/a.ts`],
  'story-files': [`${cases}/files/a.ts`, `${cases}/inbox/a.ts`],
  'story-inbox': [`${cases}/inbox/b.ts`, `${cases}/reading/b.ts`],
  'story-reading': [`${cases}/reading/a.ts`, `${cases}/sending/a.ts`],
  'story-backfill': [`${cases}/backfill/a.ts`, `${cases}/unlogged/a.ts`],
  'story-sending': [`${cases}/sending/b.ts`, `${cases}/reading/b.ts`],
  'story-connecting': [`${cases}/connecting/a.ts`, `${cases}/supervising/a.ts`],
  'story-unlogged': [`${cases}/unlogged/b.ts`, `${cases}/backfill/b.ts`],
  'story-upkeep': [`${cases}/upkeep/a.ts`, `${cases}/reading/b.ts`],
  'story-leaving': [`${cases}/leaving/a.ts`, `${cases}/upkeep/b.ts`],
  'story-access': [`${cases}/access/a.ts`, `${cases}/leaving/b.ts`],
  'story-supervising': [`${cases}/supervising/b.ts`, `${cases}/connecting/b.ts`],
  'records-base': [`${records}/base/a.ts`, `${records}/people/a.ts`],
  'records-people': [`${records}/people/b.ts`, `${records}/facts/b.ts`],
  'records-facts': [`${records}/facts/a.ts`, `${records}/mail/a.ts`],
  'records-inboxes': [`${records}/inboxes/a.ts`, `${records}/people/a.ts`],
  'records-mail': [`${records}/mail/b.ts`, `${records}/recording/b.ts`],
  'records-reading': [`${records}/reading/a.ts`, `${records}/facts/b.ts`],
  'records-leaving': [`${records}/leaving/a.ts`, `${records}/outbox/b.ts`],
  'records-access': [`${records}/access/a.ts`, `${records}/outbox/b.ts`],
  'records-recording': [`${records}/recording/a.ts`, `${records}/outbox/a.ts`],
  'records-outbox': [`${records}/outbox/b.ts`, `${records}/recording/b.ts`],
  'records-migrations': [`${records}/migrations/a.ts`, `${records}/reading/a.ts`],
  'records-schema': [`${records}/schema/a.ts`, `${records}/mail/a.ts`],
  'components-kit': [`${components}/kit/a.ts`, `${components}/time/a.ts`],
  'components-time': [`${components}/time/b.ts`, `${components}/kit/b.ts`],
  'components-files': [`${components}/files/a.ts`, `${components}/threads/a.ts`],
  'components-threads': [`${components}/threads/b.ts`, `${components}/files/b.ts`],
  'components-levels': [`${components}/levels/a.ts`, `${components}/kit/d.ts`],
  'components-unlogged': [`${components}/unlogged/a.ts`, `${components}/composer/a.ts`],
  'components-composer': [`${components}/composer/b.ts`, `${components}/unlogged/b.ts`],
  'testing-fakes': [`${server}/testing/fakes/a.ts`, `${server}/testing/world/a.ts`],
  'testing-world': [`${server}/testing/world/b.ts`, `${server}/testing/oracle/b.ts`],
  'testing-sending': [`${server}/testing/sending/b.ts`, `${server}/testing/oracle/b.ts`],
  'testing-oracle': [`${server}/testing/oracle/a.ts`, `${server}/testing/fakes/b.ts`],
  'an-oracle-tells-no-story': [`${server}/testing/oracle/c.ts`, `${cases}/reading/b.ts`],
  'a-story-has-a-room': [`${cases}/send.ts`, `${server}/domain/a.ts`],
  'a-component-has-a-room': [`${components}/Box.tsx`, `${admin}/hooks/a.ts`],
  'a-story-room-has-one-door': [`${cases}/supervising/c.ts`, `${cases}/reading/sync-inbox.ts`],
  'a-room-of-records-knows-no-noun': [`${records}/mail/c.ts`, `${records}/create-records.ts`],
  'services-tell-stories': [`${server}/register.ts`, `${cases}/inbox/a.ts`],
  'services-stand-on-stories': [`${server}/services/a.ts`, `${server}/controllers/b.ts`],
  'the-panel-stands-on-the-api': [`${admin}/api/a.ts`, `${admin}/hooks/a.ts`],
  'hooks-draw-nothing': [`${admin}/hooks/b.ts`, `${components}/kit/b.ts`],
  'components-know-no-page': [`${components}/kit/c.ts`, `${admin}/pages/threads/a.ts`],
  'pages-stand-apart': [`${admin}/pages/threads/b.ts`, `${admin}/pages/inboxes/b.ts`],
  'rooms-of-inbox-pages-stand-apart': [
    `${admin}/pages/inboxes/connect/a.ts`,
    `${admin}/pages/inboxes/inbox/b.ts`,
  ],
  'domain-imports-only-itself': [`${server}/domain/b.ts`, `${server}/ports/b.ts`],
  'ports-speak-domain-words': [`${server}/ports/a.ts`, `${server}/net/a.ts`],
  'use-cases-know-no-adapter': [`${cases}/files/c.ts`, `${server}/adapters/smtp/a.ts`],
  'an-adapter-stands-alone': [`${server}/adapters/imap/a.ts`, `${server}/adapters/smtp/a.ts`],
  'adapters-know-no-story': [`${server}/adapters/imap/b.ts`, `${cases}/inbox/a.ts`],
  'only-wiring-knows-adapters': [`${server}/bootstrap.ts`, `${server}/adapters/smtp/a.ts`],
  'controllers-reach-services-only': [`${server}/controllers/a.ts`, `${server}/ports/b.ts`],
  'net-serves-adapters-only': [`${server}/services/b.ts`, `${server}/net/a.ts`],
  'net-stands-below-adapters': [`${server}/net/b.ts`, `${server}/adapters/smtp/a.ts`],
  'fakes-are-for-tests': [`${server}/services/c.ts`, `${server}/testing/a.ts`],
  'admin-and-server-meet-in-shared': [`${admin}/api/b.ts`, `${server}/domain/a.ts`],
  'server-knows-no-admin': [`${server}/services/d.ts`, `${admin}/api/c.ts`],
  'shared-is-a-leaf': [`${plugin}/shared/a.ts`, `${server}/domain/a.ts`],
};

const found = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
    ruleSetUsed: z.object({
      forbidden: z.array(z.object({ name: z.string(), severity: z.string(), comment: z.string() })),
    }),
  }),
});

const cruise = (folder: string): z.infer<typeof found>['summary'] => {
  const command = path.join(root, 'node_modules', '.bin', 'depcruise');
  const config = path.join(root, '.dependency-cruiser.cjs');
  const { stdout, stderr } = spawnSync(command, ['--config', config, '-T', 'json', 'src', 'dev'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (stdout === '') throw new Error(stderr);
  return found.parse(JSON.parse(stdout)).summary;
};

describe('npm run layers', () => {
  let folder = '';
  let summary: z.infer<typeof found>['summary'];
  const plant = (file: string, imported: readonly string[]): void => {
    const specifier = (to: string) => {
      const relative = path.relative(path.dirname(file), to).replace(/\.tsx?$/, '');
      return relative.startsWith('.') ? relative : `./${relative}`;
    };
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    const lines = imported.map((to, i) => `import type { Nothing as Nothing${i} } from '${specifier(to)}';`);
    writeFileSync(path.join(folder, file), [...lines, 'export type Nothing = null;', ''].join('\n'));
  };

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'layers-'));
    const imports = new Map<string, string[]>();
    for (const [from, to] of Object.values(planted)) {
      imports.set(from, [...(imports.get(from) ?? []), to]);
      imports.set(to, imports.get(to) ?? []);
    }
    imports.get('dev/egg.ts')?.push('dev/chicken.ts');
    for (const [file, imported] of imports) plant(file, imported);
    summary = cruise(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('has an arrow planted here against each of its rules, and a sentence for each', () => {
    expect(summary.ruleSetUsed.forbidden.map(({ name }) => name).sort()).toEqual(Object.keys(planted).sort());
    for (const { severity, comment } of summary.ruleSetUsed.forbidden) {
      expect(severity).toBe('error');
      expect(comment).toMatch(/^.{30,}\.$/);
    }
  });

  test.each(Object.entries(planted))('%s finds the arrow that it forbids', (name, [from, to]) => {
    const named = summary.violations.filter(({ rule }) => rule.name === name);
    expect(named).toContainEqual(expect.objectContaining({ from, to }));
  });
});
