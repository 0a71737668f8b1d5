import type { DeliveryReport, NoticeKind, ReturnedMessage } from '../message/message';
import { noticeAfterReport, readReturned } from './read-returned';
import type { ReturnedPart } from './returned-part';

const part = (kind: ReturnedPart['kind'], ...lines: string[]): ReturnedPart => ({
  kind,
  text: lines.join('\r\n'),
});
const read = (parts: ReturnedPart[], notice: NoticeKind = 'bounce'): ReturnedMessage =>
  readReturned(parts, notice) ?? { messageIds: [], envelopeId: '', recipients: [] };
const report = (change: Partial<DeliveryReport>): DeliveryReport => ({
  address: 'ann@x.test',
  forwardedTo: '',
  action: 'failed',
  status: '',
  diagnostic: '',
  ...change,
});

describe('P6: the header of the returned mail', () => {
  it('tells its own id before the ids it answers, the nearest first', () => {
    const header = part(
      'header',
      'Received: from a by b',
      'References: <root@crm.test>',
      ' <parent@crm.test>',
      'In-Reply-To: <parent@crm.test>',
      'X-Microsoft-Original-Message-ID: <ours@CRM.test>',
      'Message-ID:',
      ' <theirs@outlook.test>',
      '',
      'Message-ID: <body@x.test>'
    );
    expect(read([header]).messageIds).toEqual([
      'theirs@outlook.test',
      'ours@crm.test',
      'parent@crm.test',
      'root@crm.test',
    ]);
  });

  it('is nothing without an id', () => {
    expect(readReturned([part('header', 'Subject: secret', '', 'Text')], 'bounce')).toBeNull();
    expect(readReturned([], 'bounce')).toBeNull();
  });
});

describe('c49: a delivery status (RFC 3464)', () => {
  const status = part(
    'delivery-status',
    'Reporting-MTA: dns; mx.test',
    'Original-Envelope-Id: <sent.1@crm.test>',
    '',
    'Original-Recipient: rfc822;Ann@X.test',
    'Final-Recipient: rfc822; forwarded@y.test',
    'Action: failed',
    'Status: 5.1.1 (user unknown)',
    'Diagnostic-Code: smtp; 550 5.1.1',
    ' User unknown',
    '',
    'Final-Recipient: RFC822;<bob@x.test>',
    'Action: Delayed',
    'Status: 4.4.1',
    'Will-Retry-Until: Thu, 1 Jan 2026 00:00:00 +0000',
    '',
    'Final-Recipient: rfc822;cleo@x.test',
    'Action: relayed (to a server that sends no reports)',
    'Status: 2.1.9',
    '',
    'Final-Recipient: rfc822;dora@x.test',
    'Action: failed',
    'Status: 4.4.7',
    ''
  );

  it('reports on each recipient; 4.x that was given up is failed, 4.x that is tried again is delayed', () => {
    expect(read([status])).toEqual({
      messageIds: [],
      envelopeId: 'sent.1@crm.test',
      recipients: [
        report({ forwardedTo: 'forwarded@y.test', status: '5.1.1', diagnostic: '550 5.1.1 User unknown' }),
        report({ address: 'bob@x.test', action: 'delayed', status: '4.4.1' }),
        report({ address: 'cleo@x.test', action: 'relayed', status: '2.1.9' }),
        report({ address: 'dora@x.test', status: '4.4.7' }),
      ],
    });
  });

  it.each<[string, string[], Partial<DeliveryReport>]>([
    ['no action, 5.x', ['Status: 5.2.2'], { status: '5.2.2' }],
    ['no action, 4.x', ['Status: 4.2.2'], { action: 'delayed', status: '4.2.2' }],
    ['no action, 2.x', ['Status: 2.0.0'], { action: 'delivered', status: '2.0.0' }],
    ['another word', ['Action: deferred'], { action: 'delayed' }],
    ['success', ['Action: delivered', 'Status: 2.1.5'], { action: 'delivered', status: '2.1.5' }],
    [
      'the status in the diagnostic only',
      ['Action: failed', 'Diagnostic-Code: X-Notes; 550 5.7.1 No'],
      { status: '5.7.1', diagnostic: '550 5.7.1 No' },
    ],
    [
      'an IP address is no status',
      ['Action: failed', 'Diagnostic-Code: smtp; 192.5.1.1 said no'],
      { diagnostic: '192.5.1.1 said no' },
    ],
  ])('%s', (_, lines, expected) => {
    const parts = [part('delivery-status', 'Final-Recipient: rfc822;ann@x.test', ...lines)];
    expect(read(parts).recipients).toEqual([report(expected)]);
  });

  it('of several recipients without an empty line between them', () => {
    const text = ['Final-Recipient: rfc822;a@x.test', 'Action: failed', 'Status: 5.1.1'];
    const again = ['Final-Recipient: rfc822;b@x.test', 'Action: delayed', 'Status: 4.1.1'];
    expect(read([part('delivery-status', ...text, ...again)]).recipients).toEqual([
      report({ address: 'a@x.test', status: '5.1.1' }),
      report({ address: 'b@x.test', action: 'delayed', status: '4.1.1' }),
    ]);
  });

  it('of an address outside of ASCII (RFC 6533), and of a local name as nobody', () => {
    const global = part(
      'delivery-status',
      'Final-Recipient: utf-8; J\\x{F6}rg@x.test',
      'Action: failed',
      '',
      'Final-Recipient: local; root',
      'Action: failed'
    );
    expect(read([global]).recipients.map(({ address }) => address)).toEqual(['jörg@x.test', '']);
  });
});

describe('c50: receipts and complaints', () => {
  it('a read receipt (RFC 8098) names the message and shows that it arrived', () => {
    const mdn = part(
      'disposition',
      'Reporting-UA: mail.test',
      'Final-Recipient: rfc822;ann@x.test',
      'Original-Message-ID: <sent.1@crm.test>',
      'Disposition: manual-action/MDN-sent-manually; displayed'
    );
    expect(read([mdn], 'receipt')).toEqual({
      messageIds: ['sent.1@crm.test'],
      envelopeId: '',
      recipients: [report({ action: 'delivered', diagnostic: 'displayed' })],
    });
  });

  it('a complaint (RFC 5965) names the recipient and returns the header', () => {
    const arf = [
      part('feedback', 'Feedback-Type: abuse', 'Version: 1', 'Original-Rcpt-To: <ann@x.test>'),
      part('header', 'Message-ID: <sent.1@crm.test>'),
    ];
    expect(read(arf, 'complaint')).toEqual({
      messageIds: ['sent.1@crm.test'],
      envelopeId: '',
      recipients: [report({ action: 'delivered', diagnostic: 'abuse' })],
    });
  });
});

describe('P6: bounces without a report', () => {
  it('qmail', () => {
    const text = part(
      'text',
      'Hi. This is the qmail-send program at mx.test.',
      '',
      '<ann@x.test>:',
      '192.0.2.1 said: 550 no such user (#5.1.1)',
      '',
      '--- Below this line is a copy of the message.',
      '',
      'Return-Path: <us@crm.test>',
      'Message-ID: <sent.1@crm.test>',
      'To: ann@x.test, other@x.test',
      '',
      'private words to other@x.test: 5.9.9'
    );
    const returned = read([text]);
    expect(returned.messageIds).toEqual(['sent.1@crm.test']);
    expect(returned.recipients).toEqual([
      report({ status: '5.1.1', diagnostic: '192.0.2.1 said: 550 no such user (#5.1.1)' }),
    ]);
    expect(JSON.stringify(returned)).not.toMatch(/private|other/);
  });

  it('Exim, several recipients, a quoted and folded copy', () => {
    const text = part(
      'text',
      'The following address(es) failed:',
      '',
      '  ann@x.test',
      '    host mx.x.test: 550 unknown user',
      '  bob@x.test',
      '    mailbox is full: 5.2.2',
      '',
      '> Received: from a',
      '> Message-ID:',
      '>  <sent.1@crm.test>',
      '> References: <root@crm.test>'
    );
    expect(read([text])).toEqual({
      messageIds: ['sent.1@crm.test', 'root@crm.test'],
      envelopeId: '',
      recipients: [
        report({ status: '5.0.0', diagnostic: 'host mx.x.test: 550 unknown user' }),
        report({ address: 'bob@x.test', status: '5.2.2', diagnostic: 'mailbox is full: 5.2.2' }),
      ],
    });
  });

  it('one that tells it in a sentence, and in HTML', () => {
    const text = part(
      'text',
      '<p>Could not deliver your mail to ann@x.test. Error 550 5.1.1.</p>',
      '<td>Message-ID:</td> &lt;sent.1@crm.test&gt;'
    );
    expect(read([text])).toEqual({
      messageIds: ['sent.1@crm.test'],
      envelopeId: '',
      recipients: [report({ status: '5.1.1' })],
    });
  });

  it('c49: a delay in words is delayed', () => {
    const text = part('text', '  ann@x.test', '    450 4.2.0 greylisted');
    expect(read([text], 'delay').recipients).toEqual([
      report({ action: 'delayed', status: '4.2.0', diagnostic: '450 4.2.0 greylisted' }),
    ]);
  });

  it('a report inside of a broken multipart', () => {
    const text = part(
      'text',
      '--x',
      'Content-Type: message/delivery-status',
      '',
      'Final-Recipient: rfc822;ann@x.test',
      'Action: failed',
      'Status: 5.1.1'
    );
    expect(read([text]).recipients).toEqual([report({ status: '5.1.1' })]);
  });
});

describe('c49, c50: what the report says is truer than the subject', () => {
  const withActions = (...actions: DeliveryReport['action'][]): ReturnedMessage => ({
    messageIds: [],
    envelopeId: '',
    recipients: actions.map((action) => report({ action })),
  });

  it.each<[NoticeKind, ReturnedMessage | null, NoticeKind]>([
    ['bounce', withActions('delivered', 'relayed', 'expanded'), 'receipt'],
    ['bounce', withActions('delayed', 'delivered'), 'delay'],
    ['delay', withActions('delayed', 'failed'), 'bounce'],
    ['receipt', withActions('delivered'), 'receipt'],
    ['receipt', withActions('failed'), 'bounce'],
    ['bounce', withActions(), 'bounce'],
    ['delay', null, 'delay'],
    ['complaint', withActions('delivered'), 'complaint'],
    ['auto-reply', null, 'auto-reply'],
  ])('%s, %j: %s', (notice, returned, expected) => {
    expect(noticeAfterReport(notice, returned)).toBe(expected);
  });
});

describe('hostile notices', () => {
  const SIZE = 200_000;
  it.each<[string, string]>([
    ['carriage returns', '\r'.repeat(SIZE)],
    ['empty lines', '\n \t'.repeat(SIZE / 3)],
    ['ids', 'Message-ID: <a@b.test>\n'.repeat(SIZE / 23)],
    ['folds', `References:${'\n <a@b>'.repeat(SIZE / 7)}`],
    ['addresses', 'a@b.test: no\n'.repeat(SIZE / 13)],
    ['at signs', `deliver ${'@'.repeat(SIZE)}`],
    ['one long word', 'a'.repeat(SIZE)],
    ['delivers', 'deliver to '.repeat(SIZE / 11)],
    ['tags', '<&lt;'.repeat(SIZE / 5)],
    ['statuses', '5.1.'.repeat(SIZE / 4)],
    ['groups', 'Final-Recipient: rfc822;a@b.test\n\n'.repeat(SIZE / 34)],
    ['code points', 'Final-Recipient: utf-8;\\x{FFFFFF}@b.test\nAction: failed'],
  ])('%s are read within bounds', (_, text) => {
    for (const kind of ['header', 'delivery-status', 'disposition', 'feedback', 'text'] as const) {
      const returned = read([{ kind, text }]);
      expect(returned.messageIds.length).toBeLessThanOrEqual(100);
      expect(returned.recipients.length).toBeLessThanOrEqual(200);
    }
  });
});
