import { ruleToTry } from '../../../shared/contracts/policy';
import { ruleActions } from '../domain/logging/rule-action';
import { CHOSEN_INBOX, shortString, stored, visibleOptions } from './attributes';

/** Rules for mail that is never logged, or told to others in part only. Content like any other: listed, filtered, exported, reviewed. */
export const loggingRule = {
  schema: {
    kind: 'collectionType',
    collectionName: 'email_connect_logging_rules',
    info: { singularName: 'logging-rule', pluralName: 'logging-rules', displayName: 'Email logging rule' },
    options: { draftAndPublish: false },
    pluginOptions: visibleOptions,
    attributes: {
      field: {
        type: 'enumeration',
        enum: stored(ruleToTry.shape.field.options),
        default: 'address',
        required: true,
      },
      pattern: { type: 'string', required: true },
      action: { type: 'enumeration', enum: stored(ruleActions), default: 'never_log', required: true },
      active: { type: 'boolean', default: true },
      note: { type: 'text' },
      /**
       * No inbox: the rule holds for the whole site. Not a relation: who may see rules would see the inbox's whole row
       * through it.
       */
      inboxDocumentId: { ...shortString(64), type: 'customField', customField: CHOSEN_INBOX.uid },
    },
  },
};
