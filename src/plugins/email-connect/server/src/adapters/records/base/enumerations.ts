import { attachment } from '../../../../../shared/contracts/attachment';
import { backfill } from '../../../../../shared/contracts/backfill';
import { folderRole, inboxFolder, inboxState } from '../../../../../shared/contracts/inbox';
import { messageSummary } from '../../../../../shared/contracts/message';
import type { MessageSummary } from '../../../../../shared/contracts/message';
import { loggingPolicy, ruleToTry } from '../../../../../shared/contracts/policy';
import { threadSummary } from '../../../../../shared/contracts/thread';
import { levels } from '../../../domain/access/level';
import { ruleActions } from '../../../domain/logging/rule-action';
import { addressRoles, waysToCome } from '../../../domain/access/standing';
import { EmailConnectError } from '../../../domain/errors';
import { accessRequestStates } from '../../../domain/access/access-request';
import { outgoingStages } from '../../../domain/outgoing/stage';
import { toStored } from '../../../domain/stored-word';

const readerOf =
  <Value extends string>(values: readonly Value[]) =>
  (stored: string): Value => {
    const value = values.find((candidate) => toStored(candidate) === toStored(stored));
    if (value !== undefined) return value;
    throw new EmailConnectError(
      'UNEXPECTED',
      `A record holds "${stored}", which is none of ${values.join(', ')}.`,
      'It was changed by hand, or by a later version of Email Connect: put one of these in its place.'
    );
  };

const orNull =
  <Value>(read: (stored: string) => Value) =>
  (stored: string | null): Value | null =>
    stored === null ? null : read(stored);

export const readDirection = readerOf(messageSummary.shape.direction.options);
export const readOrigin = readerOf(messageSummary.shape.origin.unwrap().options);
export const readNotice = orNull(readerOf(messageSummary.shape.notice.unwrap().options));
export const readDeliveryStatus = orNull(readerOf(messageSummary.shape.deliveryStatus.unwrap().options));
/** Mail that was logged by versions without marks has none. */
export const readMarks = (stored: unknown): MessageSummary['marks'] =>
  messageSummary.shape.marks.nullish().parse(stored) ?? [];
export const readThreadState = readerOf(threadSummary.shape.state.options);
export const readDisposition = readerOf(attachment.shape.disposition.options);
export const readAttachmentState = readerOf(attachment.shape.state.options);
export const readInboxState = readerOf(inboxState.options);
export const readSpecialUse = orNull(readerOf(inboxFolder.shape.specialUse.unwrap().options));
export const readOutboxStage = readerOf(outgoingStages);
/** Inboxes of 0.1.0 have none. */
export const readLevel = (stored: string | null) => readerOf(levels)(stored ?? 'full');
export const readAccessRequestState = readerOf(accessRequestStates);
export const readAddressRole = readerOf(addressRoles);
/** Who took part until 0.1.0 was named by somebody. */
export const readCameAs = (stored: string | null) => readerOf(waysToCome)(stored ?? 'named');
export const readIdKind = readerOf(['own', 'alias', 'token', 'thread-index', 'server-thread'] as const);
export const readRuleField = readerOf(ruleToTry.shape.field.options);
/** Without one, as until 0.1.0, they keep mail out. */
export const readRuleAction = (stored: string | null) => readerOf(ruleActions)(stored ?? 'never-log');
export const readPolicy = readerOf(loggingPolicy.options);
export const readFolderRole = readerOf(folderRole.exclude(['none']).options);
export const readBackfillState = readerOf(backfill.shape.state.options);
