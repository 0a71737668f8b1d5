import { uid } from '../../testing/fakes/build-mail';
import { mailboxScene } from '../../testing/fakes/mailbox-scene';
import { retryQuarantine } from './retry-quarantine';

const location = { folderPath: 'INBOX', uidValidity: '7', imapUid: uid(3) };

describe('P1: trying the quarantine again', () => {
  test.each([
    [1, location, ['I']],
    [4, null, ['I']],
    [0, location, []],
  ])('%d that are due wake the inbox, none do not', async (due, place, wokenFor) => {
    const asked: unknown[] = [];
    const { ports, woken, audited } = mailboxScene({
      more: {
        quarantine: {
          makeDue: async (inboxDocumentId, what) => {
            asked.push(inboxDocumentId, what);
            return due;
          },
        },
      },
    });
    await expect(retryQuarantine(ports, 'I', place, 'uma')).resolves.toBe(due);
    expect(asked).toEqual(['I', place]);
    expect([woken, audited]).toEqual([wokenFor, ['quarantine.retried ok']]);
  });
});
