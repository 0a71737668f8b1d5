import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ImapFlow } from 'imapflow';
import { createMime } from '../../src/plugins/email-connect/server/src/adapters/mime';
import { memoryStorage } from '../../src/plugins/email-connect/server/src/adapters/mime/test-support';
import { parseHeaders } from '../../src/plugins/email-connect/server/src/adapters/mime/parse-headers';
import { classifyNotice } from '../../src/plugins/email-connect/server/src/domain/classification/classify-notice';
import type {
  NoticeKind,
  ReturnedMessage,
} from '../../src/plugins/email-connect/server/src/domain/message/message';
import { effectOfNotice } from '../../src/plugins/email-connect/server/src/domain/returned/effect-of-notice';
import { noticeAfterReport } from '../../src/plugins/email-connect/server/src/domain/returned/read-returned';
import { asBuffers } from '../support/corpus';
import { startDovecot } from '../support/dovecot';
import type { Dovecot } from '../support/dovecot';
import { accessTo, allUids, inFolder, PASSWORD, sessionPool } from '../support/imap-client';
import { addressOf, describeWith } from '../support/services';
import { readTranscript, readsBody } from '../support/transcript';

const root = path.join(addressOf('corpus'), 'bounces/sisimai');
const MOST_BYTES = 32 * 1024;
const { connect, closeAll } = sessionPool();

/** One file of the corpus as the real adapter saw it on a real server. */
interface Sighting {
  name: string;
  notice: NoticeKind | null;
  returned: ReturnedMessage | null;
  /** The ids that the file shows below its own header: what a thread would be known by. */
  shown: string[];
}

/**
 * Every line below the header that says Message-ID, as a person would find them with a text editor: another way than
 * the product's. Lines that quoted-printable cut are read both ways.
 */
const idsShown = (source: Buffer): string[] => {
  const text = source.toString('latin1').replace(/\r\n/g, '\n');
  const body = text.slice(text.indexOf('\n\n'));
  return [body, body.replace(/=\n/g, ''), body.replace(/\n[ \t]+/g, ' ')]
    .flatMap((reading) => reading.split('\n'))
    .filter((line) => /^[> ]*message-id:/i.test(line))
    .map((line) =>
      line
        .replace(/^.*message-id:/i, '')
        .replace(/[\s<>]/g, '')
        .toLowerCase()
    )
    .filter((id) => id !== '');
};

/** Whom the copy of the mail says it was sent to; [] where the bounce returns no copy, or hides it in base64. */
const recipientsShown = (source: Buffer): string[] => {
  const text = source.toString('latin1').replace(/\r\n/g, '\n');
  const body = text.slice(text.indexOf('\n\n'));
  const fields = [body, body.replace(/=\n/g, '')]
    .map((reading) => reading.replace(/\n[ \t]+/g, ' '))
    .flatMap((reading) => reading.match(/^[> ]*(?:to|cc):.*$/gim) ?? []);
  return [...new Set(fields.flatMap((field) => field.match(/[^\s<>()[\],;:"]+@[\w.-]+/g) ?? []))].map(
    (address) => address.toLowerCase()
  );
};

/** What such a bounce would do to the mail that it returns. */
const effectOn = async ({ name, notice, returned }: Sighting, recipients: readonly string[]) => {
  const source = readFileSync(path.join(root, name));
  if (notice === null) throw new Error(`${name} is no notice.`);
  const { headers, text } = await createMime().parseMessage(asBuffers(source), memoryStorage());
  const facts = {
    notice: noticeAfterReport(notice, returned),
    headers,
    reports: returned?.recipients ?? [],
    text,
  };
  const mail = { recipients: new Set(recipients), answeredBy: new Set<string>() };
  return { ...facts, effect: effectOfNotice(facts, mail).kind };
};

const HIDES = 'does not show whom the mail was sent to';
const COUNTS = 'counts';
const rowOf = (effect: string, recipients: readonly string[], named: readonly string[]): string => {
  if (recipients.length === 0) return HIDES;
  if (effect !== 'unproven') return COUNTS;
  if (named.some((address) => recipients.includes(address))) return 'has the return path of a person';
  const isNamed = named.some((address) => address !== '');
  return isNamed ? 'names somebody else, as after a forward or a list' : 'names nobody';
};

const isMatched = ({ returned, shown }: Sighting): boolean =>
  returned !== null && returned.messageIds.some((id) => shown.includes(id.toLowerCase()));

/** Why nothing was found: what a person reads in the table. */
const reasonOf = (sighting: Sighting): string => {
  if (sighting.notice === 'auto-reply') return 'an auto-reply, which returns nothing';
  if (sighting.shown.length === 0) return 'shows no Message-ID anywhere';
  return 'shows a Message-ID that was not read';
};

describeWith(['dovecot', 'corpus'], 'P6, S12: real bounces on a real Dovecot', () => {
  const names = readdirSync(root).sort();
  let dovecot: Dovecot;
  let sightings: Sighting[];

  const fill = async (): Promise<void> => {
    const client = new ImapFlow({
      host: 'localhost',
      port: dovecot.imapsPort,
      secure: true,
      tls: { ca: [dovecot.certificate.cert] },
      auth: { user: 'filler', pass: PASSWORD },
      logger: false,
    });
    await client.connect();
    for (const name of names) await client.append('INBOX', readFileSync(path.join(root, name)));
    await client.logout();
  };

  /** Scan, then ask of every notice what it returns: as a pass does. */
  const readAll = async (): Promise<Sighting[]> => {
    const session = await connect(accessTo(dovecot, { username: 'filler' }));
    return inFolder(session, 'INBOX', async (folder) => {
      const seen: Sighting[] = [];
      for (const { imapUid, headerBytes } of (await folder.scanHeaders(await allUids(folder))).scanned) {
        const name = names[imapUid - 1] ?? '';
        const notice = classifyNotice(parseHeaders(headerBytes));
        const returned = notice === null ? null : await folder.fetchReturned(imapUid, notice);
        seen.push({ name, notice, returned, shown: idsShown(readFileSync(path.join(root, name))) });
      }
      return seen;
    });
  };

  beforeAll(async () => {
    dovecot = await startDovecot({ users: { filler: PASSWORD } });
    await fill();
    sightings = await readAll();
    await closeAll();
  }, 120_000);
  afterAll(() => dovecot.stop());

  const table = (): string => {
    const rows = new Map<string, string[]>([['matched', []]]);
    for (const sighting of sightings) {
      const row = isMatched(sighting) ? 'matched' : reasonOf(sighting);
      rows.set(row, [...(rows.get(row) ?? []), sighting.name]);
    }
    return [...rows]
      .map(([row, files]) => {
        const share = ((files.length / sightings.length) * 100).toFixed(1).padStart(5);
        return `${String(files.length).padStart(4)} ${share} %  ${row}${files.length < 5 ? `: ${files.join(' ')}` : ''}`;
      })
      .join('\n');
  };

  it('P6: at least 85 % of all files are matched, and of those that show an id 98 %', () => {
    console.log(table());
    const showing = sightings.filter(({ shown }) => shown.length > 0);
    expect(sightings.length).toBeGreaterThan(300);
    expect(sightings.filter(isMatched).length / sightings.length).toBeGreaterThanOrEqual(0.85);
    expect(showing.filter(isMatched).length / showing.length).toBeGreaterThanOrEqual(0.98);
  });

  it('P6: the id of the returned mail comes first in 95 % of what is matched', () => {
    const matched = sightings.filter(isMatched);
    const first = matched.filter(({ returned, shown }) =>
      shown.includes(returned?.messageIds[0]?.toLowerCase() ?? '')
    );
    expect(first.length / matched.length).toBeGreaterThanOrEqual(0.95);
  });

  it('P6: none counts as a reply: each is a notice by its header', () => {
    expect(sightings.filter(({ notice }) => notice === null).map(({ name }) => name)).toEqual([]);
  });

  it('P6, S44: of those that show whom the mail was sent to 85 % count for it, and none for another mail', async () => {
    const rows = new Map<string, string[]>();
    for (const sighting of sightings) {
      const recipients = recipientsShown(readFileSync(path.join(root, sighting.name)));
      const { notice, reports, effect } = await effectOn(sighting, recipients);
      if (notice !== 'bounce' && notice !== 'delay') continue;
      expect((await effectOn(sighting, ['somebody@else.example'])).effect).toBe('unproven');
      const named = reports.flatMap(({ address, forwardedTo }) => [address, forwardedTo]);
      const row = rowOf(effect, recipients, named);
      rows.set(row, [...(rows.get(row) ?? []), sighting.name]);
    }
    console.log([...rows].map(([row, files]) => `${String(files.length).padStart(4)}  ${row}`).join('\n'));
    const judged = [...rows].filter(([row]) => row !== HIDES).flatMap(([, files]) => files);
    expect(judged.length).toBeGreaterThan(200);
    expect((rows.get(COUNTS)?.length ?? 0) / judged.length).toBeGreaterThanOrEqual(0.85);
  });

  it('c49: a delayed mail is not taken for a failed one, nor the other way round', () => {
    const actions = (name: string) =>
      sightings.find((sighting) => sighting.name === name)?.returned?.recipients.map(({ action }) => action);
    expect(actions('lhost-exim-41.eml')).toEqual(['delayed']);
    expect(actions('lhost-outlook-06.eml')).toEqual(['delayed']);
    expect(actions('lhost-sendmail-54.eml')).toEqual(['failed']);
  });

  it('c49: most say whom they did not reach and why', () => {
    const undelivered = sightings.filter(({ notice }) => notice === 'bounce' || notice === 'delay');
    const telling = undelivered.filter(({ returned }) =>
      returned?.recipients.some(({ address, status }) => address !== '' && status !== '')
    );
    expect(telling.length / undelivered.length).toBeGreaterThan(0.7);
  });

  it('S12: at most 32 KB of each are asked for, only of parts, and nothing is changed', async () => {
    const { fetches, commands } = readTranscript(await dovecot.rawlog('filler'));
    expect(commands.filter((name) => /STORE|SELECT$|EXPUNGE|COPY|MOVE/.test(name))).toEqual([]);
    expect(commands).toContain('EXAMINE');
    const bytes = new Map<number, number>();
    for (const { imapUids, items } of fetches.filter(readsBody)) {
      expect(items).not.toMatch(/BODY\[|BODY\.PEEK\[\]|RFC822(?!-)/);
      const sections = [
        ...items.replace(/HEADER\.FIELDS \([^)]*\)/g, '').matchAll(/BODY\.PEEK\[[^\]]+\](<0\.(\d+)>)?/g),
      ];
      expect(sections.every(([, range]) => range !== undefined)).toBe(true);
      const asked = sections.reduce((sum, [, , size]) => sum + Number(size), 0);
      expect(imapUids).toHaveLength(1);
      for (const uid of imapUids) bytes.set(uid, asked + (bytes.get(uid) ?? 0));
    }
    expect(bytes.size).toBeGreaterThan(300);
    expect(Math.max(...bytes.values())).toBeLessThanOrEqual(MOST_BYTES);
  });

  it('S12: no text is read of what returns a mail as a part, nor of complaints and auto-replies', async () => {
    const { fetches } = readTranscript(await dovecot.rawlog('filler'));
    const uidsOf = (section: RegExp) =>
      new Set(fetches.filter(({ items }) => section.test(items)).flatMap(({ imapUids }) => imapUids));
    const withText = uidsOf(/BODY\.PEEK\[TEXT\]/);
    const withHeader = uidsOf(/BODY\.PEEK\[[\d.]+\.HEADER\]/);
    expect(withText.size).toBeGreaterThan(50);
    expect([...withHeader].filter((uid) => withText.has(uid))).toEqual([]);
    const textOf = [...withText].map((uid) => sightings[uid - 1]?.notice);
    expect(textOf.every((notice) => notice === 'bounce' || notice === 'delay')).toBe(true);
  });
});
