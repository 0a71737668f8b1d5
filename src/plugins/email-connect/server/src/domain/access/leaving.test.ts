import { aloneOn, standAnywhere } from './leaving';
import type { Carrier } from './sight';

const record = (documentId: string) => ({ contactType: 'api::person.person', documentId });
const carrier = (documentId: string, addressHash: string, counts = true): Carrier => ({
  ...record(documentId),
  addressHash,
  counts,
});
const message = (addressHashes: string[], ...records: string[]) => ({
  addressHashes,
  records: records.map(record),
});

describe('S45: what is left to nobody when a record goes', () => {
  it('w72: mail of its addresses, and mail that was written from it', () => {
    const messages = [message(['cleo', 'uma']), message(['wife'], 'Cleo')];
    expect(aloneOn(record('Cleo'), messages, [carrier('Cleo', 'cleo')])).toEqual(messages);
  });

  it('w72: not what stands on another record too', () => {
    const messages = [message(['cleo', 'dora']), message(['cleo'], 'Clara')];
    const carriers = [carrier('Cleo', 'cleo'), carrier('Dora', 'dora')];
    expect(aloneOn(record('Cleo'), messages, carriers)).toEqual([]);
  });

  it('w73: not what another record waits for, which has the address until somebody confirms it', () => {
    const carriers = [carrier('Cleo', 'cleo'), carrier('Lead', 'cleo', false)];
    expect(aloneOn(record('Cleo'), [message(['cleo'])], carriers)).toEqual([]);
  });
});

describe('S45: whether anybody has a conversation still', () => {
  it('w75: through an address that counts, or a record that was chosen', () => {
    expect(standAnywhere([message(['x']), message(['cleo'])], [carrier('Twin', 'cleo')])).toBe(true);
    expect(standAnywhere([message([], 'Dora')], [])).toBe(true);
  });

  it('w75: not through an address that does not count, nor with no message left', () => {
    expect(standAnywhere([message(['cleo'])], [carrier('Lead', 'cleo', false)])).toBe(false);
    expect(standAnywhere([], [carrier('Twin', 'cleo')])).toBe(false);
  });
});
