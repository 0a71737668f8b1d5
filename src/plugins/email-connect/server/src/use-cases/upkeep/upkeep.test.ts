import type { Message } from '../../../../shared/contracts/message';
import type { Thread } from '../../../../shared/contracts/thread';
import { refusal } from '../../testing/fakes/fake-folder';
import { mailboxScene } from '../../testing/fakes/mailbox-scene';
import { pauseContact } from './pause-contact';
import { relogThread } from './relog-thread';
import { removeMessage } from './remove-message';
import { setThreadState } from './set-thread-state';
import { unlogThread } from './unlog-thread';

type Status = Message['deliveryStatus'];

/** Thread `T` with one message `M1`, and the messages of the given states. */
const scene = (state: Thread['state'], statuses: Status[] = [null]) => {
  const done: string[] = [];
  const messages = statuses.map((deliveryStatus, i) => ({ documentId: `M${i + 1}`, deliveryStatus }));
  const built = mailboxScene({
    more: {
      threads: {
        summary: async (id) => (id === 'T' ? ({ state, messageCount: messages.length } as Thread) : null),
      },
      outbox: {
        loadAnswered: async (id) =>
          messages.some(({ documentId }) => documentId === id)
            ? { messageId: null, threadDocumentId: 'T', stage: null }
            : null,
      },
      upkeep: {
        setState: async (id, to) => void done.push(`${id} ${to}`),
        unlog: async (id) => void done.push(`${id} unlogged`),
        relog: async (id) => void done.push(`${id} relogged`),
        removeMessage: async (id) => void done.push(`${id} removed`),
        pauseContact: async ({ documentId }, paused) => void done.push(`${documentId} paused ${paused}`),
      },
    },
  });
  return { ...built, done };
};

describe('S21: un-logging', () => {
  test('deletes the mail', async () => {
    const { ports, done, audited } = scene('open');
    await unlogThread(ports, 'T', 'uma');
    expect(done).toEqual(['T unlogged']);
    expect(audited).toEqual(['thread.unlogged ok']);
  });

  test('S51: waits while a mail is being handed to its server, and puts nothing on record then', async () => {
    const { ports, audited } = scene('open');
    ports.upkeep.unlog = async () => Promise.reject(refusal('MESSAGE_UNDER_WAY'));
    ports.upkeep.removeMessage = async () => Promise.reject(refusal('MESSAGE_UNDER_WAY'));
    await expect(unlogThread(ports, 'T', 'uma')).rejects.toMatchObject({ code: 'MESSAGE_UNDER_WAY' });
    await expect(removeMessage(ports, 'M1', 'uma')).rejects.toMatchObject({ code: 'MESSAGE_UNDER_WAY' });
    expect(audited).toEqual([]);
  });

  test('is undone for what comes, once; a thread that is logged is left alone', async () => {
    const unlogged = scene('unlogged');
    await relogThread(unlogged.ports, 'T', 'uma');
    expect([unlogged.done, unlogged.audited]).toEqual([['T relogged'], ['thread.relogged ok']]);
    const open = scene('open');
    await relogThread(open.ports, 'T', 'uma');
    expect([open.done, open.audited]).toEqual([[], []]);
  });

  test('removes one message for good', async () => {
    const { ports, done, audited } = scene('open');
    await expect(removeMessage(ports, 'M1', 'uma')).resolves.toBe('T');
    expect([done, audited]).toEqual([['M1 removed'], ['message.removed ok']]);
    await expect(removeMessage(ports, 'M9', 'uma')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('muting and pausing', () => {
  test('a thread is muted and opened again', async () => {
    const { ports, done, audited } = scene('open');
    await setThreadState(ports, 'T', 'muted', 'uma');
    await setThreadState(ports, 'T', 'open', 'uma');
    expect(done).toEqual(['T muted', 'T open']);
    expect(audited).toEqual(['thread.muted ok', 'thread.open ok']);
  });

  test('S21: an un-logged thread is not opened by the way', async () => {
    const { ports, done } = scene('unlogged');
    await expect(setThreadState(ports, 'T', 'open', 'uma')).rejects.toMatchObject({
      code: 'THREAD_UNLOGGED',
    });
    await expect(setThreadState(ports, 'X', 'open', 'uma')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(done).toEqual([]);
  });

  test('a contact is paused and resumed', async () => {
    const { ports, done, audited } = scene('open');
    const contact = { contactType: 'api::person.person', documentId: 'ann' };
    await pauseContact(ports, contact, true, 'uma');
    await pauseContact(ports, contact, false, 'uma');
    expect(done).toEqual(['ann paused true', 'ann paused false']);
    expect(audited).toEqual(['contact.paused ok', 'contact.resumed ok']);
  });
});
