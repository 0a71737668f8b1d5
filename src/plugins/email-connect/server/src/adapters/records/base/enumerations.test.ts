import { contentTypes } from '../../../content-types';
import type { AccessRequestState } from '../../../domain/access/access-request';
import type { Level } from '../../../domain/access/level';
import type { AddressRole, CameAs } from '../../../domain/access/standing';
import type { Backfill } from '../../../domain/sync/backfill';
import type { FolderRole, SpecialUse } from '../../../domain/sync/folder';
import type { InboxState, LoggingPolicy } from '../../../domain/inbox/inbox';
import type { RuleAction } from '../../../domain/logging/rule-action';
import type { KnownId, KnownThread, LoggingRule } from '../../../domain/logging/verdict';
import type {
  AttachmentState,
  Direction,
  NoticeKind,
  Origin,
  ParsedAttachment,
  ParsedForm,
} from '../../../domain/message/message';
import type { DeliveryStatus } from '../../../domain/outgoing/outgoing';
import type { OutgoingStage } from '../../../domain/outgoing/stage';
import { toStored } from '../../../domain/stored-word';
import { internalTables } from '../../../internal-tables';
import * as enumerations from './enumerations';

/** Every word of a type of the domain, once: a word too many or too few does not compile. */
const wordsOf = <Word extends string>(words: Readonly<Record<Word, true>>): string[] => Object.keys(words);

const directions = wordsOf<Direction>({ incoming: true, outgoing: true });

/** What the domain says in each enumeration of a content type, and who reads it back. */
const enumerated: Record<string, { words: string[]; read: ((word: string) => string | null) | null }> = {
  'email-thread.state': {
    words: wordsOf<KnownThread['state']>({ open: true, muted: true, unlogged: true }),
    read: enumerations.readThreadState,
  },
  'email-thread.lastDirection': { words: directions, read: enumerations.readDirection },
  'email-message.direction': { words: directions, read: enumerations.readDirection },
  'email-message.origin': {
    words: wordsOf<Origin>({
      crm: true,
      reply: true,
      'log-address': true,
      'sent-folder': true,
      backfill: true,
      'by-hand': true,
    }),
    read: enumerations.readOrigin,
  },
  'email-message.notice': {
    words: wordsOf<NoticeKind>({
      'auto-reply': true,
      bounce: true,
      delay: true,
      receipt: true,
      complaint: true,
    }),
    read: enumerations.readNotice,
  },
  'email-message.deliveryStatus': {
    words: wordsOf<DeliveryStatus>({
      held: true,
      queued: true,
      sent: true,
      failed: true,
      unknown: true,
      asked: true,
      cancelled: true,
      delayed: true,
      bounced: true,
    }),
    read: enumerations.readDeliveryStatus,
  },
  // Written for people who look into the table; nothing reads it back.
  'email-message.parsedAs': { words: wordsOf<ParsedForm>({ mime: true, raw: true }), read: null },
  'attachment.disposition': {
    words: wordsOf<ParsedAttachment['disposition']>({ attachment: true, inline: true }),
    read: enumerations.readDisposition,
  },
  'attachment.state': {
    words: wordsOf<AttachmentState>({ stored: true, 'too-large': true, failed: true }),
    read: enumerations.readAttachmentState,
  },
  'inbox.state': {
    words: wordsOf<InboxState>({
      ok: true,
      'catching-up': true,
      'backing-off': true,
      'needs-you': true,
      paused: true,
      disconnected: true,
    }),
    read: enumerations.readInboxState,
  },
  'inbox.policy': {
    words: wordsOf<LoggingPolicy>({ replies: true, 'known-contacts': true }),
    read: enumerations.readPolicy,
  },
  'inbox.level': {
    words: wordsOf<Level>({ private: true, facts: true, subject: true, full: true }),
    read: enumerations.readLevel,
  },
  'logging-rule.field': {
    words: wordsOf<LoggingRule['field']>({ address: true, domain: true, subject: true }),
    read: enumerations.readRuleField,
  },
  'logging-rule.action': {
    words: wordsOf<RuleAction>({ 'never-log': true, private: true, facts: true, subject: true }),
    read: enumerations.readRuleAction,
  },
};

/** The same for the columns of internal tables, which take any word that is short enough. */
const columns: Record<string, { words: string[]; read: (word: string) => string | null }> = {
  'folder-cursor.specialUse': {
    words: wordsOf<SpecialUse>({
      inbox: true,
      sent: true,
      drafts: true,
      junk: true,
      trash: true,
      archive: true,
      all: true,
      flagged: true,
    }),
    read: enumerations.readSpecialUse,
  },
  'folder-cursor.role': {
    words: wordsOf<FolderRole>({ watch: true, log: true, unlog: true }),
    read: enumerations.readFolderRole,
  },
  'backfill.state': {
    words: wordsOf<Backfill['state']>({ running: true, paused: true, cancelled: true, done: true }),
    read: enumerations.readBackfillState,
  },
  'id-index.kind': {
    words: wordsOf<KnownId['kind'] | 'thread-index' | 'server-thread'>({
      own: true,
      alias: true,
      token: true,
      'thread-index': true,
      'server-thread': true,
    }),
    read: enumerations.readIdKind,
  },
  'message-address.role': {
    words: wordsOf<AddressRole>({ from: true, to: true, cc: true, bcc: true, answered: true }),
    read: enumerations.readAddressRole,
  },
  'stricter-level.level': {
    words: wordsOf<Level>({ private: true, facts: true, subject: true, full: true }),
    read: enumerations.readLevel,
  },
  'access-request.state': {
    words: wordsOf<AccessRequestState>({ open: true, granted: true, refused: true }),
    read: enumerations.readAccessRequestState,
  },
  'participant.cameAs': {
    words: wordsOf<CameAs>({ named: true, answering: true }),
    read: enumerations.readCameAs,
  },
  'outbox.stage': {
    words: wordsOf<OutgoingStage>({
      held: true,
      queued: true,
      submitting: true,
      unknown: true,
      asked: true,
      sent: true,
      filed: true,
      refused: true,
      cancelled: true,
      ended: true,
    }),
    read: enumerations.readOutboxStage,
  },
};

interface Enumeration {
  enum: string[];
  default?: string;
}

const isEnumeration = (attribute: object): attribute is Enumeration =>
  Reflect.get(attribute, 'type') === 'enumeration';

const inSchemas = Object.fromEntries(
  Object.entries(contentTypes).flatMap(([name, { schema }]) =>
    Object.entries<object>(schema.attributes).flatMap(([attribute, shape]) =>
      isEnumeration(shape) ? [[`${name}.${attribute}`, shape] as const] : []
    )
  )
);

const lengthOf = (column: string): unknown => {
  const [table = '', name = ''] = column.split('.');
  const attributes = internalTables.find(({ singularName }) => singularName === table)?.attributes ?? {};
  const shape: unknown = Reflect.get(attributes, name);
  const columnType: unknown = Reflect.get(Object(shape), 'columnType');
  const args: unknown = Reflect.get(Object(columnType), 'args');
  return Reflect.get(Object(args), 0);
};

describe('enumerations', () => {
  test('each of the content types is compared here', () => {
    expect(Object.keys(inSchemas).sort()).toEqual(Object.keys(enumerated).sort());
  });

  test.each(Object.entries(enumerated))(
    '%s stores what the domain says, and nothing else',
    (name, { words }) => {
      const { enum: values = [], default: first } = inSchemas[name] ?? {};
      expect([...values].sort()).toEqual(words.map(toStored).sort());
      expect(new Set(values).size).toBe(words.length);
      // GraphQL 2.1.9.
      for (const value of values) expect(value).toMatch(/^[_A-Za-z][_0-9A-Za-z]*$/);
      if (first !== undefined) expect(values).toContain(first);
    }
  );

  const readBack = Object.entries({ ...enumerated, ...columns }).flatMap(([name, { words, read }]) =>
    read === null ? [] : [{ name, words, read }]
  );

  test.each(readBack)('$name is read back as it was said', ({ words, read }) => {
    for (const word of words) expect([read(toStored(word)), read(word)]).toEqual([word, word]);
    expect(() => read('another')).toThrow('which is none of');
  });

  test.each(Object.entries(columns))('%s is long enough for every word', (name, { words }) => {
    expect(lengthOf(name)).toBeGreaterThanOrEqual(Math.max(...words.map(({ length }) => length)));
  });

  test('whatever reads one is compared with the domain here', () => {
    const { readMarks, ...readers } = enumerations;
    expect(readBack.map(({ read }) => read)).toEqual(expect.arrayContaining(Object.values(readers)));
    expect(readMarks(null)).toEqual([]);
    expect(enumerations.readRuleAction(null)).toBe('never-log');
  });
});
