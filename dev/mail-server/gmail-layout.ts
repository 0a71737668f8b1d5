import type { Folder, SpecialUse, StoredMessage } from './folder';

/** Gmail's folders; all but three of them are labels: views of All Mail. */
export const GMAIL_FOLDERS: readonly (readonly [string, SpecialUse?])[] = [
  ['INBOX'],
  ['[Gmail]'],
  ['[Gmail]/All Mail', '\\All'],
  ['[Gmail]/Drafts', '\\Drafts'],
  ['[Gmail]/Sent Mail', '\\Sent'],
  ['[Gmail]/Spam', '\\Junk'],
  ['[Gmail]/Starred', '\\Flagged'],
  ['[Gmail]/Trash', '\\Trash'],
];

const SYSTEM_LABELS = new Map<string, string>([
  ['INBOX', '\\Inbox'],
  ['[Gmail]/Drafts', '\\Draft'],
  ['[Gmail]/Sent Mail', '\\Sent'],
  ['[Gmail]/Starred', '\\Starred'],
]);
const NO_LABELS: readonly string[] = ['[Gmail]', '[Gmail]/All Mail', '[Gmail]/Spam', '[Gmail]/Trash'];

/** The label that a folder shows; undefined for a folder that is not a label. */
export const labelOf = (path: string): string | undefined =>
  NO_LABELS.includes(path) ? undefined : (SYSTEM_LABELS.get(path) ?? path);

/** A message in a label's folder is also in All Mail, with the label. */
export const showInAllMail = (folder: Folder, allMail: () => Folder | undefined): void => {
  const label = labelOf(folder.path);
  if (folder.path === '[Gmail]') folder.attributes.push('\\Noselect');
  if (label === undefined) return;
  folder.onAppended = (message: StoredMessage) => {
    message.labels.add(label);
    const copy = allMail()?.append(message.raw, message.flags, message.receivedAt);
    if (copy) copy.labels = message.labels;
  };
};
