import type { MessageId } from '../identification/message-id';
import type { NoticeKind, Origin } from '../message/message';

/** The rung of the matching ladder that decided. */
export type Rung = 'in-reply-to' | 'references' | 'thread-token' | 'thread-index' | 'original-id';

/** Why a message was logged, kept with it. */
export interface Evidence {
  rung: Rung;
  /** 0..1 */
  confidence: number;
  /** The header field that decided. */
  header: string;
  /** The id or value in it that was known. */
  value: string;
}

export type IgnoreReason =
  'no-known-reference' | 'thread-unlogged' | 'thread-muted' | 'never-log-rule' | 'not-ours';

/**
 * What is to happen with one message, decided on its headers alone.
 * `known`: this very message is recorded already; only its location is new.
 */
export type Verdict =
  | { kind: 'log'; threadDocumentId: string; origin: Origin; evidence: Evidence; notice: NoticeKind | null }
  | { kind: 'known'; messageDocumentId: string }
  | { kind: 'ignore'; reason: IgnoreReason; detail: string };

/** What one known id stands for. */
export interface KnownId {
  /** `own`, `alias`: the id of a recorded message; `token`: the first References entry of every mail of a thread. */
  kind: 'own' | 'alias' | 'token';
  threadDocumentId: string;
  /** null for a token. */
  messageDocumentId: string | null;
  /** `fingerprint` of the recorded message, to tell another mail with the same id from a copy (c32); absent: not checked. */
  fingerprint?: string;
}

export interface KnownThread {
  documentId: string;
  state: 'open' | 'muted' | 'unlogged';
  /** Normalised addresses that took part so far. */
  participants: ReadonlySet<string>;
}

/** A never-log rule as content editors write it. */
export interface LoggingRule {
  documentId: string;
  field: 'address' | 'domain' | 'subject';
  /** Matched case-insensitively: equal for address and domain, contained for subject. */
  pattern: string;
  /** null: the whole site. */
  inboxDocumentId: string | null;
}

/** Everything the records know that could bear on the messages of one chunk: one read. */
export interface LoggingFacts {
  ids: ReadonlyMap<MessageId, KnownId>;
  /** Thread-Index root (hex) to thread documentId. */
  threadIndexRoots: ReadonlyMap<string, string>;
  threads: ReadonlyMap<string, KnownThread>;
  rules: readonly LoggingRule[];
}
