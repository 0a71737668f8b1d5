import { EmailConnectError } from '../../domain/errors';
import type { Bytes, Mime } from '../../ports';
import { refusal } from '../../testing/fakes/fake-folder';
import { parseAndStore } from './parse-and-store';

const full = () => new EmailConnectError('STORAGE_FAILED', 'Full.', 'Make room.', 'ENOSPC');

/** Parses a mail of as many files as there are outcomes of saving one. */
const parse = async (outcomes: (Error | null)[]) => {
  const told: string[] = [];
  const states: string[] = [];
  const left = [...outcomes];
  const mime: Pick<Mime, 'parseMessage'> = {
    parseMessage: async (source, { saveAttachment }) => {
      for (const _ of outcomes)
        await saveAttachment(source).then(
          () => states.push('stored'),
          () => states.push('failed')
        );
      return {} as Awaited<ReturnType<Mime['parseMessage']>>;
    },
  };
  const ports = {
    mime,
    attachments: {
      save: async () => {
        const failure = left.shift();
        if (failure) throw failure;
        return { storageKey: 'key', sha256: 'hash', size: 1 };
      },
    },
    settings: { attachmentLimitBytes: 1, textLimitBytes: 1 },
    logger: { warn: (text: string) => void told.push(text) },
  } as unknown as Parameters<typeof parseAndStore>[0];
  await parseAndStore(ports, (async function* () {})() as Bytes);
  return { told, states };
};

describe('parseAndStore', () => {
  it('S39, S49: tells why files of a mail could not be stored, once a mail', async () => {
    const { told, states } = await parse([null, full(), full()]);
    expect(states).toEqual(['stored', 'failed', 'failed']);
    expect(told).toEqual([
      '2 files of a mail could not be stored: STORAGE_FAILED ENOSPC. They are fetched again.',
    ]);
  });

  it('says nothing of files over the limit, nor of a connection that broke', async () => {
    expect((await parse([null, new Error('larger'), refusal('CONNECTION_LOST')])).told).toEqual([]);
  });
});
