import { sendMessageRequest, type Message } from '../../../../shared/contracts/message';
import {
  composeFaults,
  draftAgain,
  draftTo,
  firstToFill,
  replyTo,
  splitAddresses,
  firstSender,
  toSendRequest,
} from './compose-draft';

const person = (address: string) => ({ address, displayName: '' });
const incoming: Message = {
  documentId: 'm1',
  messageId: 'a@b',
  direction: 'incoming',
  level: 'full',
  origin: 'reply',
  notice: null,
  deliveryStatus: null,
  failureMessage: '',
  inboxDocumentId: null,
  from: person('ana@client.example'),
  to: [person('Me@Shop.example'), person('ben@client.example')],
  cc: [person('cleo@client.example'), person('BEN@client.example')],
  bcc: [],
  subject: 'Offer',
  preview: '',
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

describe('draftAgain', () => {
  it('S51: takes up all that was written of a mail that did not go out', () => {
    const failed: Message = {
      ...incoming,
      direction: 'outgoing',
      to: [person('ana@client.example'), person('ben@client.example')],
      bcc: [person('dora@shop.example')],
    };
    expect(draftAgain(failed)).toEqual({
      to: 'ana@client.example, ben@client.example',
      cc: 'cleo@client.example, BEN@client.example',
      bcc: 'dora@shop.example',
      subject: 'Offer',
      text: 'Thanks',
    });
  });
});

describe('composeFaults', () => {
  const LIMIT = 25_000_000;
  const draft = { ...draftTo(['ana@client.example']), text: 'Hello' };
  const files = (...sizes: number[]) => sizes.map((size) => ({ size }));

  it('finds nothing wrong with a whole draft', () => {
    expect(composeFaults(draft, [], LIMIT)).toEqual([]);
  });

  it('needs a recipient and something to say', () => {
    expect(composeFaults({ ...draft, to: '', text: ' ' }, [], LIMIT)).toEqual(['to', 'text']);
  });

  it('a file alone is something to say', () => {
    expect(composeFaults({ ...draft, text: '' }, files(0), LIMIT)).toEqual([]);
  });

  it('names the field with the wrong address', () => {
    expect(composeFaults({ ...draft, to: 'ana', cc: 'x@y', bcc: 'nobody' }, [], LIMIT)).toEqual([
      'to',
      'bcc',
    ]);
  });
});

describe('S47: files beyond the limit', () => {
  const LIMIT = 25_000_000;
  const faultsOf = (sizes: number[], text = 'Hello') =>
    composeFaults(
      { ...draftTo(['ana@client.example']), text },
      sizes.map((size) => ({ size })),
      LIMIT
    );

  it.each([
    ['190 MB in one', [190_000_000]],
    ['190 MB in many', Array.from({ length: 19 }, () => 10_000_000)],
    ['what only grows beyond it on its way', [10_000_000, 9_000_000]],
  ])('%s are told before they are uploaded', (_what, sizes) => {
    expect(faultsOf(sizes)).toEqual(['files']);
  });

  it('what fits is no fault; the text counts too', () => {
    expect(faultsOf([10_000_000, 8_000_000])).toEqual([]);
    expect(faultsOf([10_000_000, 8_000_000], 'x'.repeat(500_000))).toEqual(['files']);
  });
});

describe('firstSender', () => {
  const own = { documentId: 'own', address: 'vic@crm.test' };
  const sales = { documentId: 'sales', address: 'sales@crm.test' };

  it("w70: is the conversation's inbox, if the user may send from it, else their own", () => {
    expect(firstSender([own, sales], 'sales')).toBe(sales);
    expect(firstSender([own, sales], 'hers')).toBe(own);
    expect(firstSender([own, sales], null)).toBe(own);
    expect(firstSender([], 'sales')).toBeUndefined();
  });
});

describe('toSendRequest', () => {
  it('meets the contract', () => {
    const contact = { contactType: 'api::person.person', documentId: 'p1' };
    const request = toSendRequest(
      { ...draftTo(['ana@client.example']), text: 'Hello' },
      contact,
      null,
      'inbox'
    );
    const pressed = { ...request, key: '0123456789abcdef' };
    expect(sendMessageRequest.parse(pressed)).toEqual(pressed);
    expect(request.html).toBe('<p>Hello</p>');
  });
});
