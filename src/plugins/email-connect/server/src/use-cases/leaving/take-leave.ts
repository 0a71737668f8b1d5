import { unreachable } from '../../../../shared/unreachable';
import type { LeftMail } from '../../domain/access/leaving';
import type { LinkedContact } from '../../domain/outgoing/outgoing';
import type { Ports } from '../../ports';

type LeavePorts = Pick<Ports, 'leaving' | 'audit' | 'clock'>;

/** Of a record that is being deleted. All ids are documentIds. */
export interface Leave {
  contact: LinkedContact;
  /** The admin user who deletes it; '' for a program. */
  actor: string;
  /** The conversations that stood on it. */
  threads: string[];
  /** What becomes of those of these messages that stand on no record any more. */
  left: LeftMail;
  messages: string[];
}

/**
 * Nothing more is read for conversations whose last record was deleted (S45): they are muted, and mail that is kept is
 * for its inbox's owner and for managers, who may open them again. Nothing is done while a version of the record is
 * left. Within a transaction of the caller, with the deletion.
 */
export const takeLeave = async (ports: LeavePorts, leave: Leave): Promise<void> => {
  const { contact, actor, threads, left } = leave;
  if (await ports.leaving.isThere(contact)) return;
  const at = ports.clock.now();
  const messages = await settle(ports, leave, at);
  const muted = await ports.leaving.takeLeave(contact, threads, at);
  await ports.audit.record({
    action: 'contact.left',
    actor,
    subject: contact.documentId,
    outcome: 'ok',
    facts: {
      contactType: contact.contactType,
      mail: left.kind,
      messages: String(messages),
      muted: String(muted.length),
      ...(left.kind === 'hand-over' ? { toType: left.to.contactType, to: left.to.documentId } : {}),
    },
  });
};

/** Resolves with the number of messages. */
const settle = async (
  { leaving }: LeavePorts,
  { contact, left, messages }: Leave,
  at: Date
): Promise<number> => {
  switch (left.kind) {
    case 'keep':
      return messages.length;
    case 'erase':
      return leaving.erase(contact, messages, at);
    case 'hand-over':
      return leaving.handOver(messages, left.to);
    default:
      return unreachable(left);
  }
};
