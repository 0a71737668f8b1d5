import type { Core } from '@strapi/strapi';
import { EmailConnectError } from '../domain/errors';
import { wiringOf } from '../wiring';

/** Rules for mail that is never logged, as they are written in the Content Manager. */
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
});
