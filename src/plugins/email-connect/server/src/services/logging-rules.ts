import type { Core } from '@strapi/strapi';
import { EmailConnectError } from '../domain/errors';
import { wiringOf } from '../wiring';
import type { MailReader } from './mail-reader';

export interface WrittenRule {
  documentId: string;
  action?: string | null;
  field?: string | null;
  active?: boolean | null;
}

/** Rules for mail that is never logged, or told to others in part only, as they are written in the Content Manager. */
export const loggingRules = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** Rejects with RULE_INBOX_UNKNOWN unless there is an inbox with this documentId. */
  async assertInbox(documentId: string): Promise<void> {
    if (await wiringOf(strapi).ports.inboxes.load(documentId)) return;
    throw new EmailConnectError(
      'RULE_INBOX_UNKNOWN',
      'There is no inbox with this id.',
      'Choose an inbox from the list, or all of them: then the rule holds for the whole site.'
    );
  },
  /** In the audit, without its pattern, which names whom it is about. `writer`: null for a program. */
  record: (
    action: 'rule.saved' | 'rule.deleted',
    rule: WrittenRule,
    writer: Pick<MailReader, 'documentId'> | null
  ): Promise<void> =>
    wiringOf(strapi).ports.audit.record({
      action,
      actor: writer?.documentId ?? '',
      subject: rule.documentId,
      outcome: 'ok',
      facts: { action: rule.action ?? '', field: rule.field ?? '', active: String(rule.active !== false) },
    }),
});
