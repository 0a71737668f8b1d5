import { isFinal } from '../../domain/outgoing/stage';
import { isAtRest } from '../sending/witness';
import type { WitnessedMail } from '../sending/witness';
import type { SendingWorld } from '../sending/world';

/** What must hold when all has come to rest; one sentence for each thing that does not. */
export const sendingComplaints = (world: SendingWorld, isOver: boolean): string[] => [
  ...world.witness.complaints,
  ...restless(world, isOver),
  ...world.witness.mails.flatMap((mail) => [...untruths(world, mail), ...wrongCopies(world, mail)]),
  ...missingReplies(world),
  ...takenForOthers(world),
];

/** S51: everything comes to an end, or waits for a person. */
const restless = (world: SendingWorld, isOver: boolean): string[] =>
  [...world.outbox.rows.values()]
    .filter(({ stage }) => !(isOver ? isFinal(stage) : isAtRest(stage)))
    // An edit and a disconnection in one moment leave an inbox without passwords: nothing is filed there.
    .filter(({ stage, inboxDocumentId }) => stage !== 'sent' || world.sealed.has(inboxDocumentId))
    .map(({ messageId, stage }) => `S51: ${messageId} stays ${stage}`);

/** S51: what is recorded is what the server knows, unless a person said otherwise. */
const untruths = (world: SendingWorld, mail: WitnessedMail): string[] => {
  const { messageId, taken, saidWentOut } = mail;
  const stage = world.outbox.rowOf(mail.messageDocumentId)?.stage;
  const isUntrue =
    ((stage === 'sent' || stage === 'filed') && taken === 0 && !saidWentOut) ||
    ((stage === 'refused' || stage === 'cancelled' || stage === 'held') && taken > 0);
  const isSettled = stage === undefined || stage === 'sent' || stage === 'filed' || stage === 'ended';
  const isForgotten = !isSettled && mail.hearers.some(({ isDead }) => !isDead);
  const isToldUnsent = mail.toldUnsent !== null && taken > 0;
  return [
    ...(isUntrue ? [`S51: ${messageId} is recorded as ${stage}, and was taken ${taken} times`] : []),
    ...(isForgotten ? [`S51: ${messageId} is recorded as ${stage}, and its holder knows better`] : []),
    ...(isToldUnsent ? [`S51: ${messageId} was told as ${mail.toldUnsent}, and the server has it`] : []),
  ];
};

/** S8, S9: one copy in Sent. */
const wrongCopies = (world: SendingWorld, mail: WitnessedMail): string[] => {
  const { messageId, inboxDocumentId, messageDocumentId, stages } = mail;
  const copies = world.inboxes.map(
    ({ mailbox }) => mailbox.find('Sent')?.messages.filter((one) => one.mail === mail.mail).length ?? 0
  );
  const count = copies.reduce((sum, one) => sum + one, 0);
  const row = world.outbox.rowOf(messageDocumentId);
  const sentAt = stages.find(({ stage }) => stage === 'sent')?.at ?? 0;
  const isMissing =
    row?.stage === 'filed' &&
    world.filesCopies &&
    world.witness.wasConnectedSince(inboxDocumentId, sentAt) &&
    count === 0;
  return [
    ...(count > 1 && !world.lateAppends.has(messageId) && mail.taken < 2
      ? [`S9: ${count} copies of ${messageId} are in Sent`]
      : []),
    ...(isMissing ? [`S9: no copy of ${messageId} is in Sent`] : []),
  ];
};

/** S5: reading goes on beside all this. */
const missingReplies = (world: SendingWorld): string[] => {
  if (world.database.inboxes.get('I')?.state !== 'ok') return [];
  return world.mails
    .filter(({ kind, cites }) => kind === 'chain' && cites !== null)
    .filter(({ cites }) => {
      const answered = world.witness.mails.find(({ messageId }) => messageId === cites);
      return answered !== undefined && answered.erasedAt === null;
    })
    .flatMap((mail) => {
      const count = [...world.database.messages.values()].filter(
        ({ message }) => world.mailIdentified(message.dedupIdentity) === mail
      ).length;
      return count === 1 ? [] : [`S5: the reply ${mail.key} is recorded ${count} times`];
    });
};

/** S14: a copy in Sent, under whatever Message-ID, is no other mail. */
const takenForOthers = (world: SendingWorld): string[] =>
  [...world.database.messages.values()]
    .filter(({ message }) => message.origin === 'sent-folder')
    .map(({ message }) => `S14: a copy is recorded as another mail: ${message.dedupIdentity}`);
