import type { AttachmentState, ParsedAttachment } from './message';

/** A file of a recorded message. */
export interface RecordedFile {
  documentId: string;
  fileName: string;
  /** Bytes. */
  size: number;
  /** The file is not stored, and is to be fetched again. */
  isWaiting: boolean;
}

/**
 * The result of asking the server for a message once more. `missing`: the message is in none of its known locations.
 */
export type Refetch =
  { kind: 'read'; attachments: ParsedAttachment[] } | { kind: 'missing' } | { kind: 'refused' };

/** What is to be recorded of a file. `given-up`: the file is not fetched again automatically. */
export type RefetchedFile = { documentId: string } & (
  | { kind: 'stored'; storageKey: string; sha256: string; size: number }
  | { kind: Exclude<AttachmentState, 'stored' | 'failed'> }
  | { kind: 'given-up' }
);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WAITS_MS = [15 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS];
const THEN_MS = 24 * HOUR_MS;
/** By then a pass has seen a moved message in its new folder. */
const TRIES_WHEN_MISSING = WAITS_MS.length + 1;
const TRIES = TRIES_WHEN_MISSING + 30;

/** How long the first wait is before a file that could not be stored is fetched again, in milliseconds. */
export const FIRST_REFETCH_MS = 5 * MINUTE_MS;

/** How long to wait after the `tries`-th attempt to fetch a file, in milliseconds: short at first, then daily. */
export const refetchWaitMs = (tries: number): number => WAITS_MS[tries - 1] ?? THEN_MS;

/**
 * What the `tries`-th attempt changes in the files of a message; files that will be tried again as planned are not
 * listed.
 */
export const refetchedFiles = (
  files: readonly RecordedFile[],
  refetch: Refetch,
  tries: number
): RefetchedFile[] => {
  const found = refetch.kind === 'read' ? matchFiles(files, refetch.attachments) : null;
  const most = refetch.kind === 'missing' ? TRIES_WHEN_MISSING : TRIES;
  return files
    .filter(({ isWaiting }) => isWaiting)
    .flatMap(({ documentId }): RefetchedFile[] => {
      const attachment = found?.get(documentId);
      const settled = attachment && settledBy(documentId, attachment);
      if (settled) return [settled];
      const isLast = tries >= (found && !attachment ? TRIES_WHEN_MISSING : most);
      return isLast ? [{ documentId, kind: 'given-up' }] : [];
    });
};

const settledBy = (documentId: string, attachment: ParsedAttachment): RefetchedFile | null => {
  const { state, storageKey, sha256, size } = attachment;
  if (state === 'failed') return null;
  if (state === 'too-large' || storageKey === null || sha256 === null)
    return { documentId, kind: 'too-large' };
  return { documentId, kind: 'stored', storageKey, sha256, size };
};

/**
 * Pairs the files of a message that was read again with its recorded files: by place and size; where another version
 * of the parser found more or fewer files, by name and size.
 */
const matchFiles = (
  recorded: readonly RecordedFile[],
  found: readonly ParsedAttachment[]
): Map<string, ParsedAttachment> => {
  const matched = new Map<string, ParsedAttachment>();
  const left = new Set(found);
  const match = (file: RecordedFile, attachment: ParsedAttachment | undefined): void => {
    if (!attachment) return;
    matched.set(file.documentId, attachment);
    left.delete(attachment);
  };
  recorded.forEach((file, place) => {
    const attachment = found[place];
    if (attachment?.size === file.size) match(file, attachment);
  });
  for (const file of recorded.filter(({ documentId }) => !matched.has(documentId))) {
    const isSame = ({ size, fileName }: ParsedAttachment) => size === file.size && fileName === file.fileName;
    match(file, [...left].find(isSame));
  }
  return matched;
};
