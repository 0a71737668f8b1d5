import type { Core } from '@strapi/strapi';
import type { Explanation, ExplainRequest } from '../../../shared/contracts/explanation';
import type { MessageLocation } from '../../../shared/contracts/location';
import type { LogByHandAnswer, LogByHandRequest } from '../../../shared/contracts/log-by-hand';
import type { DryRunAnswer, DryRunRequest } from '../../../shared/contracts/policy';
import type { QuarantineList, RetryQuarantineAnswer } from '../../../shared/contracts/quarantine';
import type { SearchAnswer, SearchRequest } from '../../../shared/contracts/search';
import type { SuggestionAccepted, SuggestionList } from '../../../shared/contracts/suggestion';
import type { ImapUid } from '../domain/message/message';
import type { Location, Ports } from '../ports';
import {
  acceptSuggestion,
  dismissSuggestion,
  dryRunLogging,
  explainMessage,
  listSuggestions,
  logByHand,
  quarantinedAnswerOf,
  retryQuarantine,
  searchInbox,
} from '../use-cases/unlogged';
import { wiringOf } from '../wiring';
import type { MailReader } from './mail-reader';
import { assertMayChange } from './actor';
import type { Actor } from './actor';
import { withNobody } from './with-nobody';
import { createTurns } from './one-after-another';

/** A server that drops the connection at every message fills the quarantine; a page shows the newest. */
const MOST_SHOWN = 100;

/**
 * Mail of an inbox that is not logged: it is read from the mailbox for each answer, and kept nowhere (S19). It is
 * private to the inbox: everything rejects with NOT_ALLOWED for everybody but its owner and users who manage all
 * inboxes.
 */
export const unlogged = ({ strapi }: { strapi: Core.Strapi }) => {
  // Providers allow few connections; those for a person's requests must not cost the inbox its own.
  const inTurn = createTurns();

  const portsFor = (...asked: Asked): Promise<Ports> => allowedPorts(wiringOf(strapi).ports, ...asked);
  const portsForLook = (...asked: Asked): Promise<Ports> => portsOnRecord(wiringOf(strapi).ports, ...asked);

  return {
    async listQuarantined(documentId: string, actor: Actor): Promise<QuarantineList> {
      const { quarantine } = await portsFor(documentId, actor, 'quarantine.read');
      const counts = await quarantine.countByFolder(documentId);
      return {
        messages: (await quarantine.list(documentId, { limit: MOST_SHOWN })).map(quarantinedAnswerOf),
        total: [...counts.values()].reduce((sum, count) => sum + count, 0),
      };
    },
    /** null: all messages of the inbox. */
    async retryQuarantined(
      documentId: string,
      location: MessageLocation | null,
      actor: Actor
    ): Promise<RetryQuarantineAnswer> {
      const ports = await portsFor(documentId, actor, 'quarantine.retried');
      return {
        due: await retryQuarantine(ports, documentId, location && placeOf(location), actor.documentId),
      };
    },
    async listSuggested(documentId: string, actor: Actor, signal: AbortSignal): Promise<SuggestionList> {
      const ports = await portsFor(documentId, actor, 'suggestions.read');
      return { suggestions: await inTurn(documentId, () => listSuggestions(ports, documentId, signal)) };
    },
    async acceptSuggested(
      documentId: string,
      { location, contact }: SuggestionAccepted,
      actor: Actor
    ): Promise<LogByHandAnswer> {
      const ports = await portsFor(documentId, actor, 'suggestion.accepted');
      const message = { location: placeOf(location), contact };
      return { threadDocumentId: await acceptSuggestion(ports, documentId, message, actor.documentId) };
    },
    async dismissSuggested(documentId: string, location: MessageLocation, actor: Actor): Promise<void> {
      const ports = await portsFor(documentId, actor, 'suggestion.dismissed');
      await dismissSuggestion(ports, documentId, placeOf(location), actor.documentId);
    },
    async search(
      documentId: string,
      search: SearchRequest,
      actor: Actor,
      signal: AbortSignal
    ): Promise<SearchAnswer> {
      const ports = await portsForLook(documentId, actor, 'inbox.searched');
      return inTurn(documentId, () => searchInbox(ports, documentId, search, signal));
    },
    async explain(
      documentId: string,
      asked: ExplainRequest,
      reader: MailReader,
      signal: AbortSignal
    ): Promise<Explanation> {
      const ports = await portsForLook(documentId, reader, 'message.explained');
      const look = () => explainMessage(ports, documentId, placed(asked), signal);
      return withNobody(strapi, await inTurn(documentId, look), reader.userAbility);
    },
    async log(
      documentId: string,
      { location, ...chosen }: LogByHandRequest,
      actor: Actor
    ): Promise<LogByHandAnswer> {
      const ports = await portsFor(documentId, actor, 'message.logged-by-hand');
      const message = { location: placeOf(location), ...chosen };
      return { threadDocumentId: await logByHand(ports, documentId, message, actor.documentId) };
    },
    async dryRun(
      documentId: string,
      { since, ...logging }: DryRunRequest,
      actor: Actor,
      signal: AbortSignal
    ): Promise<DryRunAnswer> {
      const ports = await portsForLook(documentId, actor, 'inbox.dry-run');
      const trial = { ...logging, since: new Date(since) };
      return inTurn(documentId, () => dryRunLogging(ports, documentId, trial, signal));
    },
  };
};

type Asked = [documentId: string, actor: Actor, action: string];

const allowedPorts = async (ports: Ports, ...asked: Asked): Promise<Ports> => {
  await assertMayChange(ports, ...asked);
  return ports;
};

/** It goes on record in which mailbox a person looked, but not for what (S19). */
const portsOnRecord = async (ports: Ports, ...asked: Asked): Promise<Ports> => {
  await assertMayChange(ports, ...asked);
  const [subject, actor, action] = asked;
  await ports.audit.record({ action, actor: actor.documentId, subject, facts: {}, outcome: 'ok' });
  return ports;
};

/** The contract has checked that it is a UID. */
const placeOf = ({ imapUid, ...folder }: MessageLocation): Location => ({
  ...folder,
  imapUid: imapUid as ImapUid,
});

const placed = (asked: ExplainRequest) =>
  'location' in asked ? { ...asked, location: placeOf(asked.location) } : asked;
