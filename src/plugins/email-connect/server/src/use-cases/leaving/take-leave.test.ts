import type { LeftMail } from '../../domain/access/leaving';
import { mailboxScene } from '../../testing/fakes/mailbox-scene';
import { takeLeave } from './take-leave';

const contact = { contactType: 'api::person.person', documentId: 'Cleo' };
const clara = { contactType: 'api::person.person', documentId: 'Clara' };

const scene = (isThere = false) => {
  const done: string[] = [];
  const built = mailboxScene({
    more: {
      leaving: {
        isThere: async () => isThere,
        erase: async (_, ids) => {
          done.push(`erased ${ids.join()}`);
          return ids.length;
        },
        handOver: async (ids, to) => {
          done.push(`${ids.join()} to ${to.documentId}`);
          return ids.length;
        },
        takeLeave: async (_, threads) => {
          done.push(`left ${threads.join()}`);
          return [...threads];
        },
      },
    },
  });
  return { ...built, done };
};

const leave = (left: LeftMail) => ({ contact, actor: 'uma', threads: ['T'], left, messages: ['M1', 'M2'] });

test.each<[LeftMail, string[]]>([
  [{ kind: 'keep' }, ['left T']],
  [{ kind: 'erase' }, ['erased M1,M2', 'left T']],
  [{ kind: 'hand-over', to: clara }, ['M1,M2 to Clara', 'left T']],
])('S45: what was chosen is done before its conversations are left: %j', async (left, expected) => {
  const { ports, done, audited } = scene();
  await takeLeave(ports, leave(left));
  expect(done).toEqual(expected);
  expect(audited).toEqual(['contact.left ok']);
});

test('S45, w74: nothing is done while a version of the record is left', async () => {
  const { ports, done, audited } = scene(true);
  await takeLeave(ports, leave({ kind: 'erase' }));
  expect([done, audited]).toEqual([[], []]);
});
