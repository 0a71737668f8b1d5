import { attachment } from './attachment';
import { withClosedFields } from './closed-fields';
import { contact } from './contact';
import { emailMessage } from './email-message';
import { emailTemplate } from './email-template';
import { emailThread } from './email-thread';
import { inbox } from './inbox';
import { loggingRule } from './logging-rule';

export const contentTypes = {
  contact: withClosedFields(contact),
  'email-thread': withClosedFields(emailThread),
  'email-message': withClosedFields(emailMessage),
  attachment: withClosedFields(attachment),
  inbox: withClosedFields(inbox),
  'logging-rule': withClosedFields(loggingRule),
  'email-template': withClosedFields(emailTemplate),
};
