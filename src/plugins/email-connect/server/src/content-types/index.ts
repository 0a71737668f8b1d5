import { attachment } from './attachment';
import { contact } from './contact';
import { emailMessage } from './email-message';
import { emailTemplate } from './email-template';
import { emailThread } from './email-thread';
import { inbox } from './inbox';
import { loggingRule } from './logging-rule';

export const contentTypes = {
  contact,
  'email-thread': emailThread,
  'email-message': emailMessage,
  attachment,
  inbox,
  'logging-rule': loggingRule,
  'email-template': emailTemplate,
};
