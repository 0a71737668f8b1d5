import { fetchFileAgain } from './fetch-file-again';

const scene = () => {
  const asked: string[] = [];
  const woken: string[] = [];
  const ports = {
    files: { ask: async (documentId: string) => (asked.push(documentId), ['I', 'J']) },
    wakeups: { wake: (inboxDocumentId: string) => void woken.push(inboxDocumentId) },
    settings: { attachmentLimitBytes: 100 },
  } as unknown as Parameters<typeof fetchFileAgain>[0];
  return { ports, asked, woken };
};
const file = { documentId: 'F', fileName: 'plan.pdf', size: 100, state: 'too-large' } as const;

describe('S29, S49: fetchFileAgain', () => {
  it('asks for the file and wakes the inboxes that have its mail', async () => {
    const { ports, asked, woken } = scene();
    await fetchFileAgain(ports, file);
    await fetchFileAgain(ports, { ...file, size: 101, state: 'failed' });
    expect([asked, woken]).toEqual([
      ['F', 'F'],
      ['I', 'J', 'I', 'J'],
    ]);
  });

  it('refuses what is over the limit still', async () => {
    const { ports, asked } = scene();
    await expect(fetchFileAgain(ports, { ...file, size: 101 })).rejects.toMatchObject({
      code: 'ATTACHMENT_NOT_STORED',
    });
    expect(asked).toEqual([]);
  });
});
