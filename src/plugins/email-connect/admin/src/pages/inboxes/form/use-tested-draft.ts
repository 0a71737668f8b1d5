import { useState } from 'react';
import { sidesRefusing, type UntrustedCertificate } from './certificate-fingerprint';
import {
  connectionKey,
  draftFaults,
  emptyPasswords,
  pinCertificate,
  type DraftField,
  type InboxDraft,
} from './inbox-draft';
import { hasPassedFor, type TestProgress } from './test-progress';
import { useConnectionTest } from './use-connection-test';

export interface TestedDraft {
  draft: InboxDraft;
  setDraft: (change: InboxDraft | ((draft: InboxDraft) => InboxDraft)) => void;
  /** Empty until the user tried to test: a form that is not filled in yet is not wrong yet. */
  faults: DraftField[];
  emptyPasswords: ReturnType<typeof emptyPasswords>;
  progress: TestProgress | null;
  isCurrent: boolean;
  hasPassed: boolean;
  runTest: () => void;
  trust: (certificate: UntrustedCertificate) => void;
}

/**
 * A form together with its connection test. `stored` is null for a new inbox, its `draft` is null for an inbox
 * without stored passwords.
 */
export const useTestedDraft = (
  initial: InboxDraft,
  stored: { documentId: string; draft: InboxDraft | null } | null
): TestedDraft => {
  const [draft, setDraft] = useState(initial);
  const [wasTried, setWasTried] = useState(false);
  const { progress, run } = useConnectionTest(stored?.documentId ?? null);
  const keptIn = stored?.draft ?? null;
  const faults = draftFaults(draft, keptIn);
  const key = connectionKey(draft);
  const test = (tested: InboxDraft): void => {
    setWasTried(true);
    if (draftFaults(tested, keptIn).length === 0) void run(tested);
  };
  return {
    draft,
    setDraft,
    faults: wasTried ? faults : [],
    emptyPasswords: emptyPasswords(draft, keptIn),
    progress,
    isCurrent: progress?.of === key,
    hasPassed: hasPassedFor(progress, key),
    runTest: () => test(draft),
    trust: ({ fingerprint }) => {
      const pinned = sidesRefusing(progress?.steps ?? [], fingerprint).reduce(
        (trusting, side) => pinCertificate(trusting, side, fingerprint),
        draft
      );
      setDraft(pinned);
      // A stored password is not for a server that somebody begins to trust: it is asked for first (S43).
      test(pinned);
    },
  };
};
