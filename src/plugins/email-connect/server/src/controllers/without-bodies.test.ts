import { withoutBodies } from './without-bodies';

const message = 'plugin::email-connect.email-message';
const thread = 'plugin::email-connect.email-thread';
const shapes = {
  [message]: {
    attributes: {
      subject: { type: 'text' },
      text: { type: 'text', private: true },
      dedupKey: { type: 'string', private: true },
      thread: { type: 'relation', target: thread },
    },
  },
  [thread]: {
    attributes: { subject: { type: 'text' }, messages: { type: 'relation', target: message } },
  },
};
const shapeOf = (uid: string) => Object.entries(shapes).find(([name]) => name === uid)?.[1];
const bounded = (uid: string, query: Record<string, unknown>, isList = true) =>
  withoutBodies(shapeOf, uid, query, isList);

const listed = { fields: ['subject'] };

describe('S47: what a program is told of mails in a list', () => {
  it('is all but what they say; one message is whole', () => {
    expect(bounded(message, { sort: 'id' })).toEqual({ sort: 'id', fields: ['subject'] });
    expect(bounded(message, { fields: '*' })).toEqual(listed);
    expect(bounded(message, { fields: ['subject', 'sentAt'] })).toEqual({ fields: ['subject', 'sentAt'] });
    expect(bounded(message, {}, false)).toEqual({});
    expect(bounded(thread, {})).toEqual({});
  });

  it.each([
    ['messages', { messages: listed }],
    [['messages', 'inbox'], { messages: listed, inbox: {} }],
    ['messages,inbox', { messages: listed, inbox: {} }],
    ['messages.thread', { messages: { ...listed, populate: { thread: {} } } }],
    [['messages.thread', 'messages.inbox'], { messages: { ...listed, populate: { thread: {}, inbox: {} } } }],
    [{ messages: true }, { messages: listed }],
    [{ messages: '*' }, { messages: listed }],
    [{ messages: 'false' }, { messages: 'false' }],
    [
      { messages: { sort: 'id', populate: { thread: { populate: 'messages' } } } },
      { messages: { sort: 'id', ...listed, populate: { thread: { populate: { messages: listed } } } } },
    ],
  ])('nor does a relation bring it: %j', (populate, expected) => {
    expect(bounded(thread, { populate }, false)).toEqual({ populate: expected });
  });
});
