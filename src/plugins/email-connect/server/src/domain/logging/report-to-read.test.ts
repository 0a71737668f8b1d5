import { candidateWith, contextWith, factsWith, id, threadWith } from '../../testing/fakes/build-mail';
import type { MessageHeaders, ReturnedMessage } from '../message/message';
import { decide } from './decide';
import { reportToRead } from './report-to-read';

const facts = factsWith({
  ids: new Map([
    [id('sent@crm'), { kind: 'own', threadDocumentId: 'T', messageDocumentId: 'M' }],
    [id('t@crm'), { kind: 'token', threadDocumentId: 'T', messageDocumentId: null }],
  ]),
  threads: new Map([['T', threadWith()]]),
});
const asked = (headers: Partial<MessageHeaders>, returned: ReturnedMessage | null = null) => {
  const candidate = candidateWith(headers, { returned });
  return reportToRead(candidate, decide(candidate, facts, contextWith()).verdict);
};
const reportOf = (type: string) => ({ contentType: `multipart/report; report-type=${type}` });
const answers = { inReplyTo: [id('sent@crm')] };

describe('S44, P6: the report of a notice is read before it is recorded', () => {
  it.each<[string, Partial<MessageHeaders>, ReturnType<typeof asked>]>([
    ['a bounce that cites the mail it is about', { ...reportOf('delivery-status'), ...answers }, 'bounce'],
    ['a bounce that cites nothing', reportOf('delivery-status'), 'bounce'],
    ['a delay', { ...reportOf('delivery-status'), ...answers, subject: 'Delivery delayed' }, 'delay'],
    ['a receipt', { ...reportOf('disposition-notification'), ...answers }, 'receipt'],
    ['of a thread only', { ...reportOf('delivery-status'), references: [id('t@crm')] }, null],
    ['a complaint, which changes nothing', { ...reportOf('feedback-report'), ...answers }, null],
    ['an answer', answers, null],
    ['an auto-reply', { ...answers, autoSubmitted: 'auto-replied' }, null],
  ])('%s', (_, headers, expected) => {
    expect(asked(headers)).toBe(expected);
  });

  it('once', () => {
    const nothing = { messageIds: [], envelopeId: '', recipients: [] };
    expect(asked({ ...reportOf('delivery-status'), ...answers }, nothing)).toBeNull();
  });
});
