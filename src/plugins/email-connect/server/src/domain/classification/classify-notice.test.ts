import { headersWith } from '../../testing/fakes/build-mail';
import type { MessageHeaders, NoticeKind } from '../message/message';
import { classifyNotice } from './classify-notice';

const report = (type: string) => `multipart/report; report-type=${type}; boundary="b"`;
const from = (address: string) => ({ from: [{ address, displayName: '' }] });

type Case = [string, Partial<MessageHeaders>, NoticeKind | null];

describe('P6: automatic mail is labelled (c48 to c51)', () => {
  it.each<Case>([
    ['RFC 3464 report', { contentType: report('delivery-status') }, 'bounce'],
    [
      'report type in quotes and capitals',
      { contentType: 'multipart/report; Report-Type="Delivery-Status"' },
      'bounce',
    ],
    ['RFC 6533 report', { contentType: report('global-delivery-status') }, 'bounce'],
    ['a report that does not say which', { contentType: 'multipart/report; boundary=b' }, 'bounce'],
    [
      'c49: a delay, by Postfix',
      { contentType: report('delivery-status'), subject: 'Delayed Mail (still being retried)' },
      'delay',
    ],
    [
      'c49: a delay, by Gmail',
      { contentType: report('delivery-status'), subject: 'Delivery Status Notification (Delay)' },
      'delay',
    ],
    [
      'c49: a delay, by Sendmail',
      { ...from('MAILER-DAEMON@x.test'), subject: 'Warning: could not send message for past 4 hours' },
      'delay',
    ],
    [
      'a failure, by Gmail',
      { contentType: report('delivery-status'), subject: 'Delivery Status Notification (Failure)' },
      'bounce',
    ],
    ['Exim: X-Failed-Recipients', { failedRecipients: 'a@x.test' }, 'bounce'],
    [
      'qmail: the daemon as author',
      { ...from('MAILER-DAEMON@mx.test'), subject: 'failure notice' },
      'bounce',
    ],
    ['the daemon with any subject', { ...from('mailer-daemon@mx.test'), subject: 'Hello' }, 'bounce'],
    [
      'a postmaster with no return path',
      { ...from('postmaster@mx.test'), returnPath: '<>', subject: 'x' },
      'bounce',
    ],
    ['no return path and a bounce subject', { returnPath: '<>', subject: 'Undeliverable: Offer' }, 'bounce'],
    [
      'an empty return path and a bounce subject',
      { returnPath: '', subject: 'Unzustellbar: Angebot' },
      'bounce',
    ],
    [
      'c49: a success, by Postfix',
      { contentType: report('delivery-status'), subject: 'Successful Mail Delivery Report' },
      'receipt',
    ],
    [
      'c49: a success, by Gmail',
      { contentType: report('delivery-status'), subject: 'Delivery Status Notification (Success)' },
      'receipt',
    ],
    [
      'c49: a success, by Exchange',
      { contentType: report('delivery-status'), subject: 'Relayed: Offer' },
      'receipt',
    ],
    ['no author at all: McAfee, m-FILTER', { from: [], subject: 'Delivery Status' }, 'bounce'],
    [
      'KDDI: no-reply without a return path',
      { ...from('no-reply@00.dion.ne.jp'), returnPath: '<>', subject: 'Mail' },
      'bounce',
    ],
    ['fml: refused by a list', { subject: 'You us@crm.test are not member (crew ML)' }, 'bounce'],
    [
      'c50: a complaint by Outlook.com',
      { ...from('staff@hotmail.com'), subject: ' complaint about message from 192.0.2.1' },
      'complaint',
    ],
    ['c50: a read receipt (RFC 8098)', { contentType: report('disposition-notification') }, 'receipt'],
    [
      'a receipt is no auto-reply',
      { contentType: report('disposition-notification'), autoSubmitted: 'auto-replied' },
      'receipt',
    ],
    ['c50: a complaint (RFC 5965)', { contentType: report('feedback-report') }, 'complaint'],
    ['RFC 3834 auto-replied', { autoSubmitted: 'auto-replied' }, 'auto-reply'],
    ['RFC 3834 with parameters', { autoSubmitted: 'auto-replied; owner-email="a@x"' }, 'auto-reply'],
    ['RFC 3834 auto-generated', { autoSubmitted: 'Auto-Generated (rejected)' }, 'auto-reply'],
    ['Precedence: auto_reply', { precedence: 'auto_reply' }, 'auto-reply'],
    ['X-Autoreply', { autoReplyMarks: ['x-autoreply'] }, 'auto-reply'],
    ['X-Autoreply: yes', { autoReplyMarks: ['yes'] }, 'auto-reply'],
    ['X-Autorespond with its value', { autoReplyMarks: ['X-Autorespond: Offer'] }, 'auto-reply'],
    ['Amazon SNS on a delivery', from('no-reply@sns.amazonaws.com'), 'auto-reply'],
    [
      'an auto-reply has no return path',
      { returnPath: '<>', subject: 'Automatic reply: Offer' },
      'auto-reply',
    ],
  ])('%s', (_, change, expected) => {
    expect(classifyNotice(headersWith({ subject: 'Offer', ...change }))).toBe(expected);
  });

  it.each<Case>([
    ['a reply', {}, null],
    ['RFC 3834 no', { autoSubmitted: 'no' }, null],
    ['RFC 3834 no, with a comment', { autoSubmitted: 'No (really)' }, null],
    ['X-Auto-Response-Suppress alone', { autoReplyMarks: ['x-auto-response-suppress'] }, null],
    ['X-Auto-Response-Suppress: All', { autoReplyMarks: ['X-Auto-Response-Suppress: All'] }, null],
    ['X-Autoreply: no', { autoReplyMarks: ['X-Autoreply: no'] }, null],
    ['c51: a mailing list', { listId: '<l.x.test>', precedence: 'list' }, null],
    ['a newsletter', { precedence: 'bulk' }, null],
    ['a postmaster who writes himself', { ...from('postmaster@x.test'), subject: 'Re: Offer' }, null],
    ['a person on bounces', { subject: 'Undeliverable mail, can you help?' }, null],
    ['a person on an auto-reply', { subject: 'Re: Automatic reply: Offer' }, null],
    ['no return path alone', { returnPath: '<>' }, null],
    ['a return path', { returnPath: '<a@x.test>', subject: 'Delivery report for May' }, null],
    ['a person on a complaint', { subject: 'complaint about message from 192.0.2.1' }, null],
    ['a person on deliveries', { subject: 'Delivered: the chairs' }, null],
    [
      'a person whose name cannot be read',
      { from: [], replyTo: from('a@x.test').from, subject: 'Undeliverable' },
      null,
    ],
    [
      'a shop without a return path',
      { ...from('no-reply@shop.ne.jp'), returnPath: '<>', subject: 'Your order' },
      null,
    ],
    ['another report', { contentType: 'multipart/mixed; report-type=delivery-status' }, null],
    ['nothing at all', { contentType: '', subject: '' }, null],
  ])('no notice: %s', (_, change, expected) => {
    expect(classifyNotice(headersWith(change))).toBe(expected);
  });

  // c48: 30 subjects in 24 languages.
  it.each([
    'Automatic reply: Offer',
    '[EXTERNAL] Automatic reply: Offer',
    'Auto: Offer',
    'Autoreply: Offer',
    'Auto-Response: Offer',
    'Out of Office: Offer',
    'Abwesenheitsnotiz: Angebot',
    'Automatische Antwort: Angebot',
    'Réponse automatique : Offre',
    'Respuesta automática: Oferta',
    'Risposta automatica: Offerta',
    'Resposta automática: Oferta',
    'Automatisch antwoord: Offerte',
    'Automatiskt svar: Offert',
    'Autosvar: Tilbud',
    'Automatisk svar: Tilbud',
    'Automaattinen vastaus: Tarjous',
    'Odpowiedź automatyczna: Oferta',
    'Automatická odpověď: Nabídka',
    'Automatikus válasz: Ajánlat',
    'Răspuns automat: Ofertă',
    'Otomatik yanıt: Teklif',
    'Автоматический ответ: Предложение',
    'Αυτόματη απάντηση: Προσφορά',
    'תשובה אוטומטית: הצעה',
    'رد تلقائي: عرض',
    '自動応答: 見積',
    '自动回复: 报价',
    '自動回覆: 報價',
    '자동 회신: 견적',
  ])('c48: auto-reply by its subject: %s', (subject) => {
    expect(classifyNotice(headersWith({ subject }))).toBe('auto-reply');
  });

  it('c52: what is written to oneself is no notice, whoever answers it by itself is', () => {
    const toOneself = { ...from('us@crm.test'), subject: 'Test' };
    expect(classifyNotice(headersWith(toOneself))).toBeNull();
    expect(classifyNotice(headersWith({ ...toOneself, autoSubmitted: 'auto-generated' }))).toBe('auto-reply');
  });
});
