import { EmailConnectError } from '../domain/errors';
import type { Ports } from '../ports';

/** An admin user, and whether they may see mail beyond what its owners show. */
export interface Overrider {
  documentId: string;
  mayOverride: boolean;
}

/** What of reading mail goes on record: uses of the override, and what was refused. */
export const onRecord = (ports: () => Pick<Ports, 'audit'>) => ({
  /**
   * The compliance override: mail whatever its level, each use on record, refused ones too. `subject`: what is opened.
   * Rejects with NOT_ALLOWED for whoever does not hold the right.
   */
  async override({ documentId, mayOverride }: Overrider, subject: string): Promise<'everything'> {
    await ports().audit.record({
      action: 'mail.overridden',
      actor: documentId,
      subject,
      outcome: mayOverride ? 'ok' : 'refused',
      facts: {},
    });
    if (mayOverride) return 'everything';
    throw mayNotOverride();
  },
  /** Records in the audit who was refused which action, and where (S37). `check`: a check of what they see. */
  async orOnRecord(
    attempt: { action: string; actor: string; subject: string },
    check: Promise<void>
  ): Promise<void> {
    try {
      await check;
    } catch (error) {
      await ports().audit.record({ ...attempt, outcome: 'refused', facts: {} });
      throw error;
    }
  },
});

export const mayNotOverride = (): EmailConnectError =>
  new EmailConnectError(
    'NOT_ALLOWED',
    'Your role may not see mail beyond what its owners show.',
    'Ask the owner of the inbox, or an administrator.'
  );
