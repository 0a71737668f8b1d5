import type { Core } from '@strapi/strapi';

/** What an admin user may do with records of a content type, as Strapi's Content Manager answers it. */
interface PermissionChecker {
  can: Record<'read' | 'create' | 'delete', (entity?: unknown, field?: string) => boolean>;
}

export const permissionChecker = (
  strapi: Core.Strapi,
  userAbility: unknown,
  uid: string
): PermissionChecker =>
  strapi.plugin('content-manager').service('permission-checker').create({ userAbility, model: uid });
