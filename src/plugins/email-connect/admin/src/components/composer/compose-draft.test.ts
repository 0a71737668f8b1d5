import { sendMessageRequest, type Message } from '../../../../shared/contracts/message';
import { composeFaults, draftTo, firstToFill, replyTo, splitAddresses, toSendRequest } from './compose-draft';

const person = (address: string) => ({ address, displayName: '' });
const incoming: Message = {
  documentId: 'm1',
  messageId: 'a@b',
  direction: 'incoming',
  origin: 'reply',
  notice: null,
  deliveryStatus: null,
  failureMessage: '',
  from: person('ana@client.example'),
  to: [person('Me@Shop.example'), person('ben@client.example')],
  cc: [person('cleo@client.example'), person('BEN@client.example')],
  bcc: [],
  subject: 'Offer',
  text: 'Thanks',
  html: '',
  sentAt: null,
  receivedAt: '2026-03-10T12:00:00Z',
  answersDocumentId: null,
  readAt: null,
  isJunk: false,
  marks: [],
  evidence: null,
  attachments: [],
};

describe('splitAddresses', () => {
  it.each([
    ['a@x.example, b@x.example; c@x.example', ['a@x.example', 'b@x.example', 'c@x.example']],
    ['"Doe, Ana" <ana@x.example>, b@x.example', ['ana@x.example', 'b@x.example']],
    [' , ;', []],
  ])('%s', (typed, expected) => {
    expect(splitAddresses(typed)).toEqual(expected);
  });
});

describe('firstToFill', () => {
  it.each([
    ['a new email to nobody yet', draftTo([]), 'to'],
    ['a new email to a contact', draftTo(['ana@client.example']), 'subject'],
    ['a reply', replyTo(incoming, 'me@shop.example', false), 'text'],
  ])('%s', (_name, draft, expected) => {
    expect(firstToFill(draft)).toBe(expected);
  });
});

describe('replyTo', () => {
  it('answers the writer', () => {
    expect(replyTo(incoming, 'me@shop.example', false)).toMatchObject({
      to: 'ana@client.example',
      cc: '',
      subject: 'Re: Offer',
    });
  });

  it('answers all but oneself, everybody once', () => {
    expect(replyTo(incoming, 'me@shop.example', true).cc).toBe('ben@client.example, cleo@client.example');
  });

  it('follows up a message of its own to its recipients', () => {
    const own: Message = {
      ...incoming,
      direction: 'outgoing',
      from: person('me@shop.example'),
      to: [person('ana@client.example')],
    };
    expect(replyTo(own, 'me@shop.example', false).to).toBe('ana@client.example');
  });

  it.each(['Re: Offer', 'AW: Offer', 're[2]: Offer'])('puts no second prefix before %s', (subject) => {
    expect(replyTo({ ...incoming, subject }, '', false).subject).toBe(subject);
  });
});

describe('composeFaults', () => {
  const draft = { ...draftTo(['ana@client.example']), text: 'Hello' };

  it('finds nothing wrong with a whole draft', () => {
    expect(composeFaults(draft, 0)).toEqual([]);
  });

  it('needs a recipient and something to say', () => {
    expect(composeFaults({ ...draft, to: '', text: ' ' }, 0)).toEqual(['to', 'text']);
  });

  it('a file alone is something to say', () => {
    expect(composeFaults({ ...draft, text: '' }, 1)).toEqual([]);
  });

  it('names the field with the wrong address', () => {
    expect(composeFaults({ ...draft, to: 'ana', cc: 'x@y', bcc: 'nobody' }, 0)).toEqual(['to', 'bcc']);
  });
});

describe('toSendRequest', () => {
  it('meets the contract', () => {
    const contact = { contactType: 'api::person.person', documentId: 'p1' };
    const request = toSendRequest({ ...draftTo(['ana@client.example']), text: 'Hello' }, contact, null);
    expect(sendMessageRequest.parse(request)).toEqual(request);
    expect(request.html).toBe('<p>Hello</p>');
  });
});
