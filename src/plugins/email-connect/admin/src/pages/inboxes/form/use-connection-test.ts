import { useCallback, useEffect, useRef, useState } from 'react';
import { attemptTokenRefresh, useAuth } from '@strapi/strapi/admin';
import { testConnection } from '../../../api/connection-tests';
import { toProblem } from '../../../api/problem';
import { connectionKey, toTestRequest, type InboxDraft } from './inbox-draft';
import { endedTest, startedTest, withLine, type TestProgress } from './test-progress';

export interface ConnectionTest {
  progress: TestProgress | null;
  /** Resolves at its end, however it ends. */
  run: (draft: InboxDraft) => Promise<void>;
}

/** Runs connection tests, one at a time: a new test cuts the old one off, and so does leaving the page. */
export const useConnectionTest = (inboxDocumentId: string | null): ConnectionTest => {
  const token = useAuth('EmailConnectConnectionTest', (auth) => auth.token);
  const [progress, setProgress] = useState<TestProgress | null>(null);
  const running = useRef<AbortController | null>(null);

  useEffect(() => () => running.current?.abort(), []);

  const run = useCallback(
    async (draft: InboxDraft): Promise<void> => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      let present = startedTest(connectionKey(draft));
      const show = (next: TestProgress): void => {
        present = next;
        if (!controller.signal.aborted) setProgress(next);
      };
      show(present);
      try {
        const session = { token, renewToken: attemptTokenRefresh };
        const request = toTestRequest(draft, inboxDocumentId);
        for await (const line of testConnection(request, session, controller.signal))
          show(withLine(present, line));
        show(endedTest(present, null));
      } catch (error) {
        show(endedTest(present, toProblem(error)));
      }
    },
    [inboxDocumentId, token]
  );

  return { progress, run };
};
