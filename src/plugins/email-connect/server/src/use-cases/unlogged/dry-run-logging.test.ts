import { address, factsWith, id } from '../../testing/fakes/build-mail';
import { folderWith, mailboxScene } from '../../testing/fakes/mailbox-scene';
import { never } from '../../testing/fakes/never';
import { dryRunLogging } from './dry-run-logging';

const since = new Date('2026-01-01T00:00:00Z');
const mailOf = (number: number, headers: object = {}) => ({
  imapUid: number,
  headers: { messageId: id(`in.${number}@customer.test`), ...headers },
});
const reply = { inReplyTo: [id('sent.1@crm.test')] };
const fromBob = { from: [address('bob@elsewhere.test')] };

describe('S18: trying out what would be logged', () => {
  const mail = {
    INBOX: { messages: [mailOf(1, reply), mailOf(2), mailOf(3, fromBob)] },
    Archive: { messages: [mailOf(1, reply)] },
  };
  const folders = [folderWith('INBOX'), folderWith('Archive')];

  test('S12: counts on headers alone, each mail once; nothing is read, nothing is kept', async () => {
    const { ports, mailbox } = mailboxScene({ folders, mail });
    const answer = await dryRunLogging(ports, 'I', { rules: [], since }, never);
    expect(answer).toEqual({
      scanned: 4,
      isCut: false,
      wouldLog: 1,
      threads: 1,
      newThreads: 0,
      alreadyLogged: 0,
      wouldAsk: 0,
      wouldHold: 0,
      wouldIgnore: 2,
      byRule: [],
      bodiesRead: 0,
      unreadable: [],
    });
    expect(new Set(mailbox.asked)).toEqual(
      new Set(['open INBOX', 'open Archive', 'list', 'headers of 3', 'headers of 1'])
    );
    expect(mailbox.openSessions).toBe(0);
  });

  test('S28: mail to the log address counts by what its servers wrote above it, which is read of no other', async () => {
    const ours = { from: [address('us@crm.test')], deliveredTo: ['us+log@crm.test'] };
    const trace = [
      { name: 'authentication-results' as const, value: 'mx.crm.test; dmarc=pass' },
      { name: 'received' as const, value: 'from out.test by mx.crm.test with ESMTP; now' },
    ];
    const { ports, mailbox } = mailboxScene({
      folders: [folderWith('INBOX')],
      inbox: { logAddress: 'us+log@crm.test' },
      mail: { INBOX: { messages: [{ ...mailOf(1, ours), trace }, mailOf(2, ours), mailOf(3)] } },
    });
    const answer = await dryRunLogging(ports, 'I', { rules: [], since }, never);
    expect(answer).toMatchObject({ wouldLog: 1, wouldHold: 1, wouldIgnore: 1 });
    expect(mailbox.asked.filter((what) => what.startsWith('traces'))).toEqual(['traces of 2']);
  });

  test('another policy would log all mail of contacts, in new threads', async () => {
    const { ports } = mailboxScene({ folders, mail });
    const answer = await dryRunLogging(ports, 'I', { policy: 'known-contacts', rules: [], since }, never);
    expect(answer).toMatchObject({ wouldLog: 2, threads: 2, newThreads: 1, wouldIgnore: 1 });
  });

  test('says what each rule keeps out: those that there are, and those that are tried', async () => {
    const rules = [
      { documentId: 'R', field: 'domain', pattern: 'elsewhere.test', inboxDocumentId: null },
      { documentId: 'Q', field: 'subject', pattern: 'nothing', inboxDocumentId: null },
    ] as const;
    const { ports } = mailboxScene({ folders, mail, facts: { rules } });
    const tried = { field: 'address', pattern: 'ann@customer.test' } as const;
    const unmet = { field: 'subject', pattern: 'newsletter' } as const;
    const answer = await dryRunLogging(ports, 'I', { rules: [tried, unmet], since }, never);
    expect(answer).toMatchObject({ wouldLog: 0, wouldIgnore: 3 });
    expect(answer.byRule).toEqual(
      expect.arrayContaining([
        { field: 'domain', pattern: 'elsewhere.test', documentId: 'R', messages: 1 },
        { ...tried, documentId: null, messages: 2 },
        { ...unmet, documentId: null, messages: 0 },
      ])
    );
    expect(answer.byRule).toHaveLength(3);
  });

  test('reads the newest 5,000 of all folders, and says that there are more', async () => {
    const many = (count: number) => ({ messages: Array.from({ length: count }, (_, i) => mailOf(i + 1)) });
    const big = { INBOX: many(6_000), Archive: many(2_000) };
    const asked: number[] = [];
    const { ports, mailbox } = mailboxScene({
      folders,
      mail: big,
      more: {
        logging: {
          loadFacts: async (_, candidates) => {
            asked.push(candidates.length);
            return factsWith();
          },
        },
      },
    });
    const answer = await dryRunLogging(ports, 'I', { rules: [], since }, never);
    expect(answer).toMatchObject({ scanned: 5_000, isCut: true });
    expect(asked).toEqual([3_750, 1_250]);
    expect(mailbox.asked.filter((what) => what === 'headers of 500').length).toBe(9);
  });

  test('a folder that would not open is named, once', async () => {
    const broken = { ...mail, Archive: { messages: [], fails: true } };
    const { ports } = mailboxScene({ folders, mail: broken });
    expect(await dryRunLogging(ports, 'I', { rules: [], since }, never)).toMatchObject({
      scanned: 3,
      unreadable: ['Archive'],
    });
  });
});
