import { useCallback, useEffect, useRef, useState } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import { messageSummary } from '../../../../shared/contracts/message';
import { loadMessage } from '../../api/messages';
import { toProblem, type Problem } from '../../api/problem';
import { loadMessages } from '../../api/threads';
import type { Loaded } from '../../hooks/use-load';
import { useOverrides } from '../../hooks/use-overrides';
import { useSubmit, type Submission } from '../../hooks/use-submit';
import {
  reloadSize,
  withEarlier,
  withMessage,
  withNewest,
  withoutMessage,
  type LoadedMessages,
} from './message-pages';

const pageSize = 25;

export interface Messages extends Loaded<LoadedMessages> {
  /** Loads the page before the shown messages; `submit` takes its place. */
  earlier: Submission<string>;
  /** Loads the present state of one message, however far up it is. */
  refreshOne: (documentId: string) => void;
}

const isGone = (problem: Problem): boolean => problem.kind === 'told' && problem.code === 'NOT_FOUND';

/** The messages of one conversation, the newest page first. `onEarlier` is called just before earlier ones are shown. */
export const useMessages = (threadDocumentId: string, onEarlier: () => void): Messages => {
  const client = useFetchClient();
  const overrides = useOverrides();
  const [loaded, setLoaded] = useState<LoadedMessages | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const shown = useRef<LoadedMessages | null>(null);
  const reading = useRef({ isUnderWay: false, isAskedAgain: false });

  useEffect(() => {
    shown.current = loaded;
  }, [loaded]);

  const readNewest = useCallback(async (): Promise<void> => {
    try {
      const page = await loadMessages(client, threadDocumentId, {
        before: null,
        limit: reloadSize(shown.current),
        overrides,
      });
      setLoaded((before) => withNewest(before, page));
      setProblem(null);
    } catch (error) {
      setProblem(toProblem(error));
    }
  }, [client, threadDocumentId, overrides]);

  const reload = useCallback((): void => {
    const { current } = reading;
    current.isAskedAgain = true;
    if (current.isUnderWay) return;
    current.isUnderWay = true;
    // Requests that come during a load are answered by one more load, not one for each.
    const run = async (): Promise<void> => {
      while (current.isAskedAgain) {
        current.isAskedAgain = false;
        await readNewest();
      }
      current.isUnderWay = false;
    };
    void run();
  }, [readNewest]);

  useEffect(reload, [reload]);

  const earlier = useSubmit(
    (caller, before: string) =>
      loadMessages(caller, threadDocumentId, { before, limit: pageSize, overrides }),
    (page, before) => {
      onEarlier();
      setLoaded((known) => known && withEarlier(known, { before, page }));
    }
  );

  const refreshOne = useCallback(
    (documentId: string): void => {
      const show = (change: (known: LoadedMessages) => LoadedMessages): void =>
        setLoaded((known) => known && change(known));
      loadMessage(client, documentId, overrides).then(
        (message) => show((known) => withMessage(known, messageSummary.parse(message))),
        // Any other failure shows at the next load.
        (error: unknown) => {
          if (isGone(toProblem(error))) show((known) => withoutMessage(known, documentId));
        }
      );
    },
    [client, overrides]
  );

  return { value: loaded, problem, reload, refresh: reload, earlier, refreshOne };
};
