export const PLUGIN_ID = 'email-connect';

/** Absolute path of a page of this plugin inside the admin. */
export const pagePath = (path: string): string => `/plugins/${PLUGIN_ID}${path === '' ? '' : `/${path}`}`;

/** Path of the page with all mail of a record. */
export const recordPath = (contactType: string, documentId: string): string =>
  pagePath(`records/${contactType}/${documentId}`);

/** Path of the search for mail of an inbox that is not logged; `address`: the first search term. */
export const searchPath = (inboxDocumentId: string, address = ''): string =>
  `${pagePath(`inboxes/${inboxDocumentId}/search`)}${address === '' ? '' : `?address=${encodeURIComponent(address)}`}`;

/** Path of a record in the Content Manager. */
export const contentManagerPath = (contactType: string, documentId: string): string =>
  `/content-manager/collection-types/${contactType}/${documentId}`;
