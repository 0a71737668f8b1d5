import type { OutboxEntry, OutboxRecords, Ports } from '../ports';

/** The last step of a mail on its way out: how its copy came into Sent is recorded, its composed bytes are let go. */
export const finishOutgoing = async (
  ports: Pick<Ports, 'attachments' | 'outbox'>,
  entry: OutboxEntry,
  filed: Parameters<OutboxRecords['recordFiled']>[1]
): Promise<void> => {
  await ports.outbox.recordFiled(entry, filed);
  await ports.attachments.remove(entry.sourceKey);
};
