const of = (action: string) => [{ action: `plugin::email-connect.${action}`, subject: null }];

/** The RBAC actions that the server registers, in the shape in which Strapi's admin checks them. */
export const permissions = {
  readInboxes: of('inboxes.read'),
  connectInboxes: of('inboxes.connect'),
  manageInboxes: of('inboxes.manage'),
  readThreads: of('threads.read'),
  /** Muting, un-logging and removing. */
  manageThreads: of('threads.manage'),
  /** Seeing mail beyond what its owners show. */
  overrideThreads: of('threads.override'),
  confirmAddresses: [...of('threads.read'), ...of('threads.manage')],
  sendMessages: of('messages.send'),
};
