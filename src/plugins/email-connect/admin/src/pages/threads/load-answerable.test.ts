import type { MessagePage } from '../../../../shared/contracts/message';
import type { Client } from '../../api/client';
import { loadAnswerable } from './load-answerable';
import { testMessage } from './test-message';

/** A client whose conversation has these pages, by what they are asked for with. */
const clientOf = (pages: Record<string, MessagePage>) => {
  const asked: string[] = [];
  const client = {
    get: (_path: string, { params }: { params: string }) => {
      const before = new URLSearchParams(params).get('before') ?? '';
      asked.push(before);
      return Promise.resolve({ data: pages[before] });
    },
  };
  return { client: client as unknown as Client, asked };
};

const bounces = (...documentIds: string[]) =>
  documentIds.map((documentId) => testMessage(documentId, { notice: 'bounce' }));

describe('S51: what can be answered further up', () => {
  it('is looked for page by page, the newest first', async () => {
    const { client, asked } = clientOf({
      '3.3': { messages: bounces('b1', 'b2'), earlier: '2.2' },
      '2.2': { messages: [testMessage('m1'), testMessage('m2'), ...bounces('b3')], earlier: '1.1' },
    });
    expect((await loadAnswerable(client, 'T', '3.3'))?.documentId).toBe('m2');
    expect(asked).toEqual(['3.3', '2.2']);
  });

  it('may be nothing', async () => {
    const { client } = clientOf({ '1.1': { messages: bounces('b1'), earlier: null } });
    expect(await loadAnswerable(client, 'T', '1.1')).toBeUndefined();
    expect(await loadAnswerable(client, 'T', null)).toBeUndefined();
  });
});
