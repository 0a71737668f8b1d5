import { startMailServer } from '../../dev/mail-server';
import type {
  Extension,
  FaultEffect,
  InjectedFault,
  MailboxHandle,
  MailServer,
  SelectItem,
} from '../../dev/mail-server';
import { commandsSent } from '../../dev/mail-server/test-server';
import type { ServerAccess } from '../../src/plugins/email-connect/server/src/ports';
import { makeCertificate } from './certificates';
import { mail } from './imap-client';

/** A fault of one kind of command, before it is said how often it happens. */
export interface PlannedFault extends InjectedFault {
  /** After so many that pass. */
  passing(count: number): PlannedFault;
  /** Every time from then on. */
  always(): PlannedFault;
  /** So many times. */
  often(times: number): PlannedFault;
  /** Only where the command is about one of these UIDs. */
  about(...uids: number[]): PlannedFault;
}

const plan = (fault: InjectedFault): PlannedFault => ({
  ...fault,
  passing: (after) => plan({ ...fault, after }),
  always: () => plan({ ...fault, times: Infinity }),
  often: (times) => plan({ ...fault, times }),
  about: (...uids) => plan({ ...fault, uids }),
});

const on = (command: string, effect: FaultEffect): PlannedFault => plan({ command, effect });

/** The words for what goes wrong with a command, `UID FETCH`, `EXAMINE`, `SMTP DATA` and so on: once unless said otherwise. */
export const faults = {
  refuse: (command: string, text: string) => on(command, { do: 'answer', text }),
  /** Microsoft 365; without a time as Yahoo says it. */
  throttle: (command: string, ms?: number) =>
    on(command, {
      do: 'answer',
      text:
        ms === undefined
          ? 'NO [LIMIT] Slow down'
          : `BAD Request is throttled. Suggested Backoff Time: ${ms} milliseconds`,
    }),
  cut: (command: string) => on(command, { do: 'drop' }),
  cutAfterBytes: (command: string, afterBytes: number) => on(command, { do: 'drop-mid-answer', afterBytes }),
  /** Carried out, and nobody is told. */
  cutBeforeAnswer: (command: string) => on(command, { do: 'drop-after' }),
  goodbye: (command: string, text: string) => on(command, { do: 'bye', text }),
  ignore: (command: string) => on(command, { do: 'ignore' }),
  slow: (command: string, ms: number) => on(command, { do: 'delay', ms }),
  dropRows: (command: 'FETCH' | 'UID FETCH', ...uids: number[]) => on(command, { do: 'drop-rows', uids }),
  blankHeaders: (as: 'nil' | 'empty', ...uids: number[]) =>
    on('UID FETCH', { do: 'blank-headers', as, uids }),
  /** Raw bytes in place of an answer; `TAG` stands for the command's tag. */
  say: (command: string, text: string) => on(command, { do: 'send', text }),
  /** A literal of 93 GiB that never comes. */
  literalBomb: (command: string) => on(command, { do: 'send', text: '* 1 FETCH (BODY[] {99999999999}\r\n' }),
  endlessLine: (command: string) => on(command, { do: 'flood', text: 'x'.repeat(65_536) }),
};

/** Everything a faulty server is: what it has, what it lacks, what goes wrong. All of it may be left out. */
export interface FaultPlan {
  /** Mail in INBOX: `mail('1')` and so on under UIDs 1 to n, or these very bytes. */
  inbox?: number | readonly string[];
  /** `gmail`: labels, conversations, All Mail. `objectid`: RFC 8474. */
  persona?: 'plain' | 'gmail' | 'objectid';
  extensions?: readonly Extension[];
  /** Neither announced nor understood. */
  lacks?: readonly string[];
  /** Announced and not understood. */
  pretends?: readonly string[];
  /** What EXAMINE leaves out. */
  omits?: readonly SelectItem[];
  /** HIGHESTMODSEQ as EXAMINE tells it. */
  highestModSeq?: number;
  /** Says nothing of what happens in a folder. */
  staysSilent?: boolean;
  faults?: readonly InjectedFault[];
}

export interface FaultyServer {
  access: ServerAccess;
  server: MailServer;
  /** Ann's mailbox from behind. */
  mailbox: MailboxHandle;
  /** What ann's clients sent, without tags. */
  commands(): string[];
  /** More faults, from the next command on. */
  inject(...more: InjectedFault[]): void;
  /** Rejects when the server itself met something that it did not expect. */
  stop(): Promise<void>;
}

const ann = { address: 'ann@example.org', password: 'correct horse' };

const extensionsOf = ({ persona, extensions = [] }: FaultPlan): Extension[] => [
  ...extensions,
  ...(persona === 'gmail' ? (['X-GM-EXT-1'] as const) : []),
  ...(persona === 'objectid' ? (['OBJECTID'] as const) : []),
];

/** The development server over TLS with a mailbox of ann's, misbehaving as planned. */
export const startFaultyImap = async (wish: FaultPlan = {}): Promise<FaultyServer> => {
  const certificate = await makeCertificate();
  const server = await startMailServer({
    users: [ann],
    tls: certificate,
    layout: wish.persona === 'gmail' ? 'gmail' : 'plain',
    extensions: extensionsOf(wish),
  });
  const mailbox = server.mailbox(ann.address);
  const { inbox = 0 } = wish;
  const raws = typeof inbox === 'number' ? Array.from({ length: inbox }, (_, i) => mail(`${i + 1}`)) : inbox;
  for (const raw of raws) mailbox.append('INBOX', raw);
  server.faults.hiddenCapabilities = [...(wish.lacks ?? [])];
  server.faults.falseCapabilities = [...(wish.pretends ?? [])];
  server.faults.omittedItems = [...(wish.omits ?? [])];
  server.faults.highestModSeq = wish.highestModSeq ?? null;
  server.faults.staysSilent = wish.staysSilent ?? false;
  const inject = (...more: InjectedFault[]): void => more.forEach((fault) => server.faults.inject(fault));
  inject(...(wish.faults ?? []));
  return {
    access: {
      host: 'localhost',
      ip: '127.0.0.1',
      port: server.imapsPort,
      tls: 'implicit',
      username: ann.address,
      password: ann.password,
      pinnedCertificate: certificate.fingerprint,
    },
    server,
    mailbox,
    commands: () => commandsSent(server),
    inject,
    stop: async () => {
      // Nobody waits for a goodbye that a fault may have swallowed.
      server.faults.dropConnections();
      await server.close();
      if (server.unexpectedErrors.length > 0) throw new AggregateError(server.unexpectedErrors);
    },
  };
};
