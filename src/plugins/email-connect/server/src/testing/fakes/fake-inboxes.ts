import type { Inbox } from '../../domain/inbox/inbox';
import type { InboxRecords } from '../../ports';

type Change = NonNullable<Parameters<InboxRecords['change']>[2]>;

/** Inboxes that change as the records' do; passwords and rests are left out. */
export class FakeInboxes {
  /** What else was written with each change. */
  readonly also: Change[] = [];
  readonly asked: { documentId: string; endsRest: boolean }[] = [];
  readonly stored: Map<string, Inbox>;
  private hasSecrets = true;

  constructor(...inboxes: Inbox[]) {
    this.stored = new Map(inboxes.map((inbox) => [inbox.documentId, inbox]));
  }

  readonly records = {
    load: async (documentId) => this.copyOf(documentId),
    list: async () => [...this.stored.values()],
    change: async (documentId, decide, also = {}) => {
      const stored = this.copyOf(documentId);
      if (!stored) return null;
      this.stored.set(documentId, { ...stored, ...decide(stored), version: stored.version + 1 });
      this.also.push(also);
      return this.copyOf(documentId);
    },
    recordState: async ({ documentId, version }, progress) => {
      const stored = this.copyOf(documentId);
      if (stored?.version !== version || stored.state === 'paused' || stored.state === 'disconnected')
        return false;
      this.stored.set(documentId, { ...stored, ...progress });
      return true;
    },
    ask: async (documentId, how) => void this.asked.push({ documentId, ...how }),
    loadSecrets: async () => (this.hasSecrets ? { imapPassword: 'sealed', smtpPassword: 'sealed' } : null),
    findByAddress: async (address) =>
      [...this.stored.values()].find((inbox) => inbox.address === address) ?? null,
  } satisfies Partial<InboxRecords>;

  /** As a disconnection does. */
  forgetSecrets(): void {
    this.hasSecrets = false;
  }

  one(documentId = 'I'): Inbox {
    const stored = this.copyOf(documentId);
    if (!stored) throw new Error(`There is no inbox ${documentId}.`);
    return stored;
  }

  private copyOf(documentId: string): Inbox | null {
    const stored = this.stored.get(documentId);
    return stored ? { ...stored } : null;
  }
}
