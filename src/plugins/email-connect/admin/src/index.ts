import type { StrapiApp } from '@strapi/strapi/admin';
import { Mail } from '@strapi/icons';
import { addContactPanel } from './panel/add-contact-panel';
import { addDeleteQuestion } from './panel/add-delete-question';
import { permissions } from './permissions';
import { PLUGIN_ID } from './plugin-id';
import { loadTranslations } from './translations/load-translations';

const plugin: StrapiApp['appPlugins'][string] = {
  register(app) {
    app.addMenuLink({
      to: `plugins/${PLUGIN_ID}`,
      icon: Mail,
      intlLabel: { id: `${PLUGIN_ID}.menu`, defaultMessage: 'Email' },
      Component: () => import('./pages/App'),
      permissions: permissions.readInboxes,
    });
    app.customFields.register({
      name: 'chosen-inbox',
      pluginId: PLUGIN_ID,
      type: 'string',
      icon: Mail,
      intlLabel: { id: `${PLUGIN_ID}.chosen-inbox`, defaultMessage: 'Inbox' },
      intlDescription: {
        id: `${PLUGIN_ID}.chosen-inbox.description`,
        defaultMessage: 'One of the connected inboxes',
      },
      components: {
        Input: () => import('./fields/ChosenInbox').then(({ ChosenInbox }) => ({ default: ChosenInbox })),
      },
    });
    app.registerPlugin({ id: PLUGIN_ID, name: PLUGIN_ID });
  },

  bootstrap(app) {
    addContactPanel(app.getPlugin('content-manager').apis);
    addDeleteQuestion(app.getPlugin('content-manager').apis);
  },

  registerTrads({ locales }) {
    return Promise.all(locales.map(loadTranslations));
  },
};

export default plugin;
