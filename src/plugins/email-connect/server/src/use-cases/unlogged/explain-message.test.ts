import type { Backfill } from '../../domain/sync/backfill';
import type { Location, MailToPlace, QuarantinedMessage } from '../../ports';
import { address, id, uid } from '../../testing/fakes/build-mail';
import { folderWith, mailboxScene } from '../../testing/fakes/mailbox-scene';
import { never } from '../../testing/fakes/never';
import { explainMessage } from './explain-message';

const at = (folderPath: string, imapUid: number, uidValidity = '7'): Location => ({
  folderPath,
  uidValidity,
  imapUid: uid(imapUid),
});
const reply = { messageId: id('in.1@customer.test'), inReplyTo: [id('sent.1@crm.test')] };
const stranger = { messageId: id('in.2@elsewhere.test'), from: [address('bob@elsewhere.test')] };
const inInbox = (headers: object, receivedAt = '2026-02-10T10:00:00.000Z') => ({
  INBOX: { messages: [{ imapUid: 3, headers, receivedAt }] },
});

describe('P9: why is this mail (not) here?', () => {
  test('a stranger: the reason, every step, and who wrote it about what; S12: from header fields alone', async () => {
    const { ports, mailbox } = mailboxScene({ mail: inInbox(stranger) });
    const answer = await explainMessage(ports, 'I', { location: at('INBOX', 3) }, never);
    expect(answer).toMatchObject({
      answer: 'It belongs to no logged conversation, so nothing of it is kept.',
      foundIn: [at('INBOX', 3)],
      glimpse: { from: [{ address: 'bob@elsewhere.test' }], subject: 'Re: Offer' },
      reading: 'read',
      verdict: { kind: 'ignore', reason: 'no-known-reference', threadDocumentId: null },
      quarantine: null,
    });
    expect(answer.steps.length).toBeGreaterThan(5);
    expect(answer.steps.filter(({ outcome }) => outcome === 'decided')).toHaveLength(1);
    expect(answer.steps.every(({ detail }) => detail.endsWith('.'))).toBe(true);
    expect(mailbox.asked).toEqual(['open INBOX', 'headers of 1']);
  });

  test('S45: who would see it, and who on it could be made a contact, author first, never the team', async () => {
    const [bob, eve] = [{ address: 'bob@elsewhere.test', displayName: 'Bob' }, address('eve@elsewhere.test')];
    const headers = {
      messageId: id('in.2@elsewhere.test'),
      from: [{ ...bob, address: 'Bob@Elsewhere.test' }],
      replyTo: [address('bob@elsewhere.test')],
      to: [address('us@crm.test')],
      cc: [eve],
    };
    const { ports } = mailboxScene({ mail: inInbox(headers) });
    const { audience } = await explainMessage(ports, 'I', { location: at('INBOX', 3) }, never);
    expect(audience).toEqual({ standsOn: [], begins: true, people: [bob, eve] });
  });

  test('S45: as it is suggested, its audience is that of the suggested conversation', async () => {
    const headers = { messageId: id('in.2@elsewhere.test'), from: [address('bob@elsewhere.test')] };
    const asked: MailToPlace[] = [];
    const { ports } = mailboxScene({
      mail: inInbox(headers),
      more: {
        messages: {
          askedFacts: async (mail) => {
            asked.push(mail);
            return { standsOn: [], chosen: null, begins: mail.begins };
          },
        },
        suggestions: {
          list: async () => [
            { location: at('INBOX', 3), threadDocumentId: 'T', evidence: {} as never, suggestedAt: '' },
          ],
        },
      },
    });
    const place = { location: at('INBOX', 3), asSuggested: true };
    expect((await explainMessage(ports, 'I', place, never)).audience?.begins).toBe(false);
    expect(asked).toMatchObject([{ threadDocumentId: 'T', begins: false, continuesDocumentId: null }]);
  });

  test('S45: nobody is asked about a mail that is not to be logged', async () => {
    const { ports } = mailboxScene({ mail: inInbox({ ...reply, messageId: id('sent.1@crm.test') }) });
    const { audience, verdict } = await explainMessage(ports, 'I', { location: at('INBOX', 3) }, never);
    expect([verdict?.kind, audience]).toEqual(['known', null]);
  });

  test('a reply: the header that decided and the id in it', async () => {
    const { ports } = mailboxScene({ mail: inInbox(reply) });
    const { steps, verdict } = await explainMessage(ports, 'I', { location: at('INBOX', 3) }, never);
    expect(verdict).toMatchObject({ kind: 'log', threadDocumentId: 'T' });
    expect(steps.find(({ outcome, header }) => outcome === 'decided' && header !== '')).toMatchObject({
      header: 'In-Reply-To',
      value: 'sent.1@crm.test',
    });
  });

  const backfill = (change: Partial<Backfill>): Backfill => ({
    since: '2026-01-01T00:00:00.000Z',
    state: 'done',
    startedAt: '',
    endedAt: null,
    total: 0,
    scanned: 0,
    logged: 0,
    day: '',
    bytesToday: 0,
    dailyBytes: 0,
    folders: [],
    ...change,
  });
  const early = '2026-01-20T10:00:00.000Z';
  test.each([
    ['read', folderWith('INBOX'), undefined, null],
    ['not-yet', folderWith('INBOX', { cursor: { uidValidity: '7', lastUid: uid(2) } }), undefined, null],
    ['not-yet', folderWith('INBOX', { cursor: null }), undefined, null],
    ['not-yet', folderWith('INBOX', { cursor: { uidValidity: '6', lastUid: uid(9) } }), undefined, null],
    ['not-watched', folderWith('INBOX', { watched: false }), undefined, null],
    ['before-connection', folderWith('INBOX'), early, null],
    ['read', folderWith('INBOX', { readFrom: '2026-01-20T10:00:00.900Z' }), early, null],
    ['before-connection', folderWith('INBOX'), early, backfill({ since: '2026-01-25T00:00:00.000Z' })],
    ['before-connection', folderWith('INBOX'), early, backfill({ state: 'cancelled' })],
    ['read', folderWith('INBOX'), early, backfill({})],
    ['read', folderWith('INBOX'), early, backfill({ since: '2026-01-20T10:00:00.900Z' })],
    ['not-yet', folderWith('INBOX'), early, backfill({ state: 'running' })],
  ])('S7: it says whether it was read so far: %s', async (reading, folder, receivedAt, earlier) => {
    const more = { backfills: { load: async () => earlier } };
    const { ports } = mailboxScene({ folders: [folder], mail: inInbox(reply, receivedAt), more });
    expect((await explainMessage(ports, 'I', { location: at('INBOX', 3) }, never)).reading).toBe(reading);
  });

  test('P1: what waits in quarantine is said to, with why', async () => {
    const waiting: QuarantinedMessage = {
      location: at('INBOX', 3),
      code: 'MESSAGE_UNREADABLE',
      detail: 'NO',
      evidence: null,
      attempts: 2,
      firstAt: '',
      lastAt: '',
      nextAt: null,
    };
    const more = { quarantine: { list: async () => [waiting] } };
    const { ports } = mailboxScene({ mail: inInbox(reply), more });
    expect(await explainMessage(ports, 'I', { location: at('INBOX', 3) }, never)).toMatchObject({
      answer: 'It belongs to a logged conversation. It could not be read and is tried again.',
      quarantine: { code: 'MESSAGE_UNREADABLE', attempts: 2, kind: 'unreadable' },
    });
  });

  test('P6: of an automatic message the returned part is read, as a pass would, and never more', async () => {
    const bounce = {
      from: [address('MAILER-DAEMON@mx.customer.test')],
      returnPath: '',
      subject: 'Undelivered Mail Returned to Sender',
      contentType: 'multipart/report; report-type=delivery-status',
    };
    const returned = { messageIds: [id('sent.1@crm.test')], envelopeId: '', recipients: [] };
    const mail = { INBOX: { messages: [{ imapUid: 3, headers: bounce, returned }] } };
    const { ports, mailbox } = mailboxScene({ mail });
    const { verdict } = await explainMessage(ports, 'I', { location: at('INBOX', 3) }, never);
    expect(verdict).toMatchObject({ kind: 'log', threadDocumentId: 'T' });
    expect(mailbox.asked).toEqual(['open INBOX', 'headers of 1', 'returned part']);
  });

  test('P6: one that returns nothing is decided on as a pass would, and ends there', async () => {
    const mail = {
      INBOX: {
        messages: [
          {
            imapUid: 3,
            headers: {
              from: [address('MAILER-DAEMON@mx.customer.test')],
              returnPath: '',
              subject: 'Undeliverable',
            },
          },
        ],
      },
    };
    const { ports } = mailboxScene({ mail });
    const { verdict } = await explainMessage(ports, 'I', { location: at('INBOX', 3) }, never);
    expect(verdict?.kind).toBe('ignore');
  });

  describe('by its Message-ID', () => {
    const folders = [
      folderWith('INBOX'),
      folderWith('Archive'),
      folderWith('Broken'),
      folderWith('Trash', { watched: false }),
    ];
    const empty = { messages: [] };
    const copy = { messages: [{ imapUid: 8, headers: stranger }] };

    test('it is looked for in every watched folder, and said where it was found', async () => {
      const mail = { INBOX: copy, Archive: copy, Broken: { ...empty, fails: true }, Trash: copy };
      const { ports } = mailboxScene({ folders, mail });
      expect(await explainMessage(ports, 'I', { messageId: '<in.2@elsewhere.test>' }, never)).toMatchObject({
        foundIn: [at('INBOX', 8), at('Archive', 8)],
        searched: ['INBOX', 'Archive', 'Broken'],
        unreadable: ['Broken'],
        verdict: { kind: 'ignore' },
      });
    });

    test('what lies in a folder that is not watched is found there', async () => {
      const mail = { INBOX: empty, Archive: empty, Broken: empty, Trash: copy };
      const { ports } = mailboxScene({ folders, mail });
      expect(await explainMessage(ports, 'I', { messageId: 'in.2@elsewhere.test' }, never)).toMatchObject({
        foundIn: [at('Trash', 8)],
        reading: 'not-watched',
      });
    });

    test('what is nowhere is said to be so', async () => {
      const mail = { INBOX: empty, Archive: empty, Broken: empty, Trash: empty };
      const { ports } = mailboxScene({ folders, mail });
      expect(await explainMessage(ports, 'I', { messageId: 'in.2@elsewhere.test' }, never)).toMatchObject({
        answer: 'It is not in the mailbox any more, or never came to it.',
        foundIn: [],
        searched: ['INBOX', 'Archive', 'Broken', 'Trash'],
        glimpse: null,
        verdict: null,
        steps: [],
      });
    });
  });

  test('P3: a UID of before a renumbering is another message, and is not explained as this one', async () => {
    const { ports, mailbox } = mailboxScene({ mail: inInbox(stranger) });
    const answer = await explainMessage(ports, 'I', { location: at('INBOX', 3, '6') }, never);
    expect(answer).toMatchObject({ foundIn: [], verdict: null });
    expect(mailbox.asked).toEqual(['open INBOX']);
    await expect(explainMessage(ports, 'I', { location: at('Nowhere', 3) }, never)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
