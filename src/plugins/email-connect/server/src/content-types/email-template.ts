import { visibleOptions } from './attributes';

export const emailTemplate = {
  schema: {
    kind: 'collectionType',
    collectionName: 'email_connect_templates',
    info: { singularName: 'email-template', pluralName: 'email-templates', displayName: 'Email template' },
    options: { draftAndPublish: false },
    pluginOptions: visibleOptions,
    attributes: {
      name: { type: 'string', required: true },
      subject: { type: 'text' },
      html: { type: 'richtext' },
    },
  },
};
