/** The actions that a role can be given. Lower-case letters, dots and hyphens only: Strapi accepts no others. */
export const permissions = [
  { uid: 'inboxes.read', displayName: 'See the list of inboxes and how they are' },
  { uid: 'inboxes.connect', displayName: 'Connect and change the own inbox' },
  { uid: 'inboxes.manage', displayName: "Change everybody's inboxes" },
  { uid: 'threads.read', displayName: 'Read the mail of contacts they may read' },
  { uid: 'threads.manage', displayName: 'Mute, un-log and remove the mail of contacts they may read' },
  { uid: 'threads.override', displayName: 'See all mail, whatever its level: each use is on record' },
  { uid: 'messages.send', displayName: 'Send mail from a contact through the own inbox' },
].map((permission) => ({ ...permission, section: 'plugins', pluginName: 'email-connect' }));
