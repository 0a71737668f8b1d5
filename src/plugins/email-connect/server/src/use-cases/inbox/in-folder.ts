import type { ImapSession, OpenFolder } from '../../ports';

/** Runs `work` while the folder is open, and resolves with its result; the folder is released whatever happens. */
export const inFolder = async <Result>(
  session: Pick<ImapSession, 'openFolder'>,
  folderPath: string,
  work: (open: OpenFolder) => Promise<Result>
): Promise<Result> => {
  const open = await session.openFolder(folderPath);
  try {
    return await work(open);
  } finally {
    open.release();
  }
};
