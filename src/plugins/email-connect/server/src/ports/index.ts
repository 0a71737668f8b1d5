/**
 * What the use cases need from the world, in the words of the domain. `wiring.ts` names the adapter behind each port.
 * Every method may reject with an `EmailConnectError`; adapters turn foreign errors into one at their edge.
 */
import type { LevelRecords, ProgramQueries } from './access';
import type { CopyRecords } from './copies';
import type { FileRecords } from './files';
import type { LeavingRecords } from './leaving';
import type { RateLimits } from './limits';
import type { Hosts, Imap, Smtp } from './mail-servers';
import type { Attachments, Mime, Secrets } from './messages';
import type { OutboxRecords } from './outbox';
import type { AdminPeople } from './people';
import type { Background, Clock, EngineSettings, Logger, NewsFeed, Random, Wakeups } from './process';
import type {
  AccessRecords,
  AttachmentRecords,
  Audit,
  ContactRecords,
  SiteTokenRecords,
  ThreadRecords,
} from './reading';
import type { FolderRecords, InboxRecords, Leases, LoggingRecords, MessageRecords } from './records';
import type {
  BackfillRecords,
  Pruning,
  QuarantineRecords,
  RequestRecords,
  SuggestionRecords,
  ThreadUpkeep,
} from './upkeep';

export type * from './access';
export type * from './copies';
export type * from './files';
export type * from './leaving';
export type * from './limits';
export type * from './mail-servers';
export type * from './messages';
export type * from './outbox';
export type * from './people';
export type * from './process';
export type * from './reading';
export type * from './records';
export type * from './upkeep';

export interface Ports {
  clock: Clock;
  random: Random;
  hosts: Hosts;
  imap: Imap;
  smtp: Smtp;
  mime: Mime;
  attachments: Attachments;
  secrets: Secrets;
  leases: Leases;
  inboxes: InboxRecords;
  folders: FolderRecords;
  logging: LoggingRecords;
  messages: MessageRecords;
  quarantine: QuarantineRecords;
  suggestions: SuggestionRecords;
  requests: RequestRecords;
  backfills: BackfillRecords;
  upkeep: ThreadUpkeep;
  leaving: LeavingRecords;
  pruning: Pruning;
  outbox: OutboxRecords;
  threads: ThreadRecords;
  access: AccessRecords;
  levels: LevelRecords;
  programQueries: ProgramQueries;
  people: AdminPeople;
  attachmentRecords: AttachmentRecords;
  files: FileRecords;
  copies: CopyRecords;
  contacts: ContactRecords;
  audit: Audit;
  siteTokens: SiteTokenRecords;
  news: NewsFeed;
  rateLimits: RateLimits;
  settings: EngineSettings;
  wakeups: Wakeups;
  background: Background;
  logger: Logger;
}
