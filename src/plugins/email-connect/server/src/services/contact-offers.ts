import type { Core } from '@strapi/strapi';
import type { ContactForm, ContactOffer } from '../../../shared/contracts/nobody';
import type { PluginConfig } from '../config';
import { contactFormOf } from '../domain/contact/contact-form';
import type { Fields } from '../domain/contact/contact-form';
import { permissionChecker } from './permission-checker';

interface Component {
  attributes: Fields;
}
interface ContentType extends Component {
  info: { displayName: string };
}

/** The content types of contacts, as a user may search and fill them in the Content Manager. */
export const contactOffers = (strapi: Core.Strapi, userAbility: unknown): ContactOffer[] => {
  const types = new Map<string, ContentType>(Object.entries(strapi.contentTypes));
  const components = new Map<string, Component>(Object.entries(strapi.components));
  const { contactTypes } = strapi.config.get<PluginConfig>('plugin::email-connect');
  return contactTypes.flatMap((configured) => {
    const { uid, nameField } = configured;
    const type = types.get(uid);
    if (!type) return [];
    const { can } = permissionChecker(strapi, userAbility, uid);
    const form = contactFormOf(type.attributes, (name) => components.get(name)?.attributes ?? {}, configured);
    const mayFill = (path: ContactForm['name']): boolean =>
      path === null || can.create(undefined, path.map(({ field }) => field).join('.'));
    return {
      contactType: uid,
      displayName: type.info.displayName,
      nameField,
      mayRead: can.read(),
      mayCreate: can.create(),
      form: form && mayFill(form.name) && mayFill(form.address) ? form : null,
    };
  });
};
