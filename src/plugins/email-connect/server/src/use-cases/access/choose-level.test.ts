import type { Level } from '../../domain/access/level';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import type { Audit, Ports } from '../../ports';
import { chooseLevel } from './choose-level';

const place = { threadDocumentId: 'T', messageDocumentId: null };

/** Whether Uma's inbox I decides about the mail, and whether it holds any. */
const scene = ({ decides = true, holds = true }) => {
  const chosen: (Level | null)[] = [];
  const entries: Parameters<Audit['record']>[0][] = [];
  const ports = {
    access: { inboxesOf: async () => ['I'] },
    inboxes: { list: async () => [inboxWith({ ownerDocumentId: 'uma' })] },
    levels: {
      isReady: async () => true,
      decidingAt: async () => (decides ? [{ inboxDocumentId: 'I', level: null }] : []),
      holdsAny: async () => holds,
      choose: async (_place: object, _inboxes: string[], level: Level | null) => void chosen.push(level),
    },
    audit: { record: async (entry: Parameters<Audit['record']>[0]) => void entries.push(entry) },
  } as unknown as Pick<Ports, 'inboxes' | 'access' | 'levels' | 'audit'>;
  return { ports, chosen, outcomes: () => entries.map(({ outcome }) => outcome) };
};

it('S42: chooses for the inboxes that decide, on record', async () => {
  const { ports, chosen, outcomes } = scene({});
  await chooseLevel(ports, place, 'private', 'uma');
  await chooseLevel(ports, place, null, 'uma');
  expect([chosen, outcomes()]).toEqual([
    ['private', null],
    ['ok', 'ok'],
  ]);
});

it('S42: nobody else chooses, and the attempt is on record', async () => {
  const { ports, chosen, outcomes } = scene({ decides: false });
  await expect(chooseLevel(ports, place, 'facts', 'uma')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  expect([chosen, outcomes()]).toEqual([[], ['refused']]);
});

it('S42: nobody hides from themselves what their inbox does not hold: nobody could take it back', async () => {
  const { ports, chosen } = scene({ holds: false });
  await expect(chooseLevel(ports, place, 'private', 'uma')).rejects.toMatchObject({ code: 'LEVEL_HIDES_IT' });
  await chooseLevel(ports, place, 'facts', 'uma');
  expect(chosen).toEqual(['facts']);
});
