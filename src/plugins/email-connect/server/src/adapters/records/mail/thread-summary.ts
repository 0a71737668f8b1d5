import { overridesMute } from '../../../domain/logging/overrides-mute';
import { baseSubject, threadTopic } from '../../../domain/subject/base-subject';
import type { MessageToRecord } from '../../../ports';
import type { Writer } from '../base/transaction';
import { overtaken } from '../base/failures';
import { tables } from '../base/names';
import { storable } from '../base/storable';
import { authorOf, previewOf } from './message-rows';

/** Limited by SQLite's number of parameters: a statement has some twenty for each thread. */
const THREADS_AT_ONCE = 500;

/**
 * Counts new messages into their threads; if one is the newest, lists show it for the thread. A few statements for
 * all threads, none of which rests on values read before: passes of two inboxes may write to one thread. Rows are
 * locked in one order, so that two passes cannot block each other.
 */
export const countIntoThreads = async (
  writer: Writer,
  messages: readonly MessageToRecord[]
): Promise<void> => {
  const gains = gainsOf(messages);
  for (let start = 0; start < gains.length; start += THREADS_AT_ONCE) {
    await countGains(writer, gains.slice(start, start + THREADS_AT_ONCE));
  }
};

/** What new messages add to a thread. */
interface Gain {
  documentId: string;
  subject: string;
  messages: number;
  files: number;
  newest: MessageToRecord;
  /** A muted thread takes them too. */
  overridesMute: boolean;
}

const gainsOf = (messages: readonly MessageToRecord[]): Gain[] => {
  const gains = new Map<string, Gain>();
  for (const message of messages) {
    const { threadDocumentId: documentId } = message;
    const gain = gains.get(documentId) ?? {
      documentId,
      subject: message.parsed.headers.subject,
      messages: 0,
      files: 0,
      newest: message,
      overridesMute: true,
    };
    gain.overridesMute &&= overridesMute(message);
    gain.messages += 1;
    gain.files += filesOf(message);
    if (isLater(message, gain.newest)) gain.newest = message;
    gains.set(documentId, gain);
  }
  return [...gains.values()].sort((a, b) => (a.documentId < b.documentId ? -1 : 1));
};

const countGains = async (writer: Writer, gains: readonly Gain[]): Promise<void> => {
  const { connection } = writer.strapi.db;
  const documentIds = gains.map(({ documentId }) => documentId);
  const threads = () => writer.table(tables.thread).whereIn('document_id', documentIds);
  const locked: { document_id: string; state: string }[] = await threads()
    .orderBy('document_id')
    .forUpdate()
    .select('document_id', 'state');
  const stateOf = new Map(locked.map((thread) => [thread.document_id, thread.state]));
  const takes = (gain: Gain): boolean => {
    const state = stateOf.get(gain.documentId);
    return state === 'open' || (state === 'muted' && gain.overridesMute);
  };
  // A thread was un-logged or muted since the transaction began: nothing may be written to it (S21, S45).
  if (!gains.every(takes)) throw overtaken();
  /** A value for each thread, as an expression of the type of its column. */
  const each = (column: string, valueOf: (gain: Gain) => string | number | Date) => ({
    sql: `case document_id ${'when ? then ? '.repeat(gains.length)}else ${column} end`,
    bindings: gains.flatMap((gain) => [gain.documentId, valueOf(gain)]),
  });
  const added = (column: string, valueOf: (gain: Gain) => number) => {
    const value = each(column, valueOf);
    return connection.raw(`${column} + ${value.sql}`, value.bindings);
  };
  // A thread that is logged again lost its subject when it was un-logged.
  const unlessNamed = (column: string, valueOf: (gain: Gain) => string) => {
    const value = each(column, (gain) => storable(valueOf(gain)));
    return connection.raw(
      `case when last_message_at is null and ${column} = '' then ${value.sql} else ${column} end`,
      value.bindings
    );
  };
  await threads().update({
    subject: unlessNamed('subject', ({ subject }) => threadTopic(subject)),
    base_subject: unlessNamed('base_subject', ({ subject }) => baseSubject(subject)),
    message_count: added('message_count', ({ messages }) => messages),
    attachment_count: added('attachment_count', ({ files }) => files),
  });
  const shown = (column: string, valueOf: (newest: MessageToRecord) => string | Date) => {
    const value = each(column, ({ newest }) => valueOf(newest));
    return connection.raw(value.sql, value.bindings);
  };
  const instant = each('last_message_at', ({ newest }) => new Date(newest.receivedAt));
  await threads()
    .where(
      (where) =>
        void where
          .whereNull('last_message_at')
          .orWhereRaw(`last_message_at <= ${instant.sql}`, instant.bindings)
    )
    .update({
      last_message_at: connection.raw(instant.sql, instant.bindings),
      last_direction: shown('last_direction', ({ direction }) => direction),
      last_from: shown('last_from', (newest) => storable(authorOf(newest))),
      preview: shown('preview', ({ parsed }) => storable(previewOf(parsed.text))),
      updated_at: new Date(),
    });
};

/** Images within the text do not count as files of the thread (S29). */
const filesOf = ({ parsed }: MessageToRecord): number =>
  parsed.attachments.filter(({ disposition }) => disposition === 'attachment').length;

const isLater = (message: MessageToRecord, than: MessageToRecord): boolean =>
  Date.parse(message.receivedAt) >= Date.parse(than.receivedAt);
