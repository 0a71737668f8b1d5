import { useState } from 'react';
import { sidesRefusing, type UntrustedCertificate } from './certificate-fingerprint';
import { connectionKey, draftFaults, pinCertificate, type DraftField, type InboxDraft } from './inbox-draft';
import { hasPassedFor, type TestProgress } from './test-progress';
import { useConnectionTest } from './use-connection-test';

export interface TestedDraft {
  draft: InboxDraft;
  setDraft: (change: InboxDraft | ((draft: InboxDraft) => InboxDraft)) => void;
  /** Empty until the user tried to test: a form that is not filled in yet is not wrong yet. */
  faults: DraftField[];
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
  const faults = draftFaults(draft, stored?.draft ?? null);
  const key = connectionKey(draft);
  return {
    draft,
    setDraft,
    faults: wasTried ? faults : [],
    progress,
    isCurrent: progress?.of === key,
    hasPassed: hasPassedFor(progress, key),
    runTest: () => {
      setWasTried(true);
      if (faults.length === 0) void run(draft);
    },
    trust: ({ fingerprint }) => {
      const pinned = sidesRefusing(progress?.steps ?? [], fingerprint).reduce(
        (trusting, side) => pinCertificate(trusting, side, fingerprint),
        draft
      );
      setDraft(pinned);
      void run(pinned);
    },
  };
};
