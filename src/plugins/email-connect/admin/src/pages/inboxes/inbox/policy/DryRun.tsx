import { useState } from 'react';
import { Box, Button, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import type { InboxAnswer } from '../../../../../../shared/contracts/inbox';
import type { DryRunAnswer, DryRunRequest } from '../../../../../../shared/contracts/policy';
import { dryRun } from '../../../../api/unlogged';
import { Notice } from '../../../../components/kit/Notice';
import { ProblemNotice } from '../../../../components/kit/ProblemNotice';
import { useSubmit } from '../../../../hooks/use-submit';
import { useText } from '../../../../hooks/use-text';
import { dayBefore } from '../day-before';

const windows = [7, 30, 90] as const;

const Outcome = ({ outcome }: { outcome: DryRunAnswer }) => {
  const text = useText();
  const lines = [
    text('dry-run.read', { count: outcome.scanned, bodies: outcome.bodiesRead }),
    ...(outcome.alreadyLogged > 0 ? [text('dry-run.already', { count: outcome.alreadyLogged })] : []),
    ...(outcome.wouldAsk > 0 ? [text('dry-run.ask', { count: outcome.wouldAsk })] : []),
    ...(outcome.wouldHold > 0 ? [text('dry-run.hold', { count: outcome.wouldHold })] : []),
    text('dry-run.ignore', { count: outcome.wouldIgnore }),
    ...(outcome.isCut ? [text('dry-run.cut')] : []),
    ...(outcome.unreadable.length > 0
      ? [text('explanation.unreadable', { folders: outcome.unreadable.join(', ') })]
      : []),
  ];
  return (
    <Notice
      tone="neutral"
      title={text('dry-run.would', { threads: outcome.threads, messages: outcome.wouldLog })}
    >
      {lines.map((line) => (
        <Typography key={line} textColor="neutral800">
          {line}
        </Typography>
      ))}
    </Notice>
  );
};

interface DryRunProps {
  inboxDocumentId: string;
  policy: InboxAnswer['policy'];
}

/** S18: what would be logged under a policy before it is chosen. Reads headers, logs nothing. */
export const DryRun = ({ inboxDocumentId, policy }: DryRunProps) => {
  const text = useText();
  const [days, setDays] = useState<number>(30);
  const [outcome, setOutcome] = useState<{ of: string; answer: DryRunAnswer } | null>(null);
  const present = `${policy} ${days}`;
  const trial = useSubmit(
    (client, request: DryRunRequest) => dryRun(client, inboxDocumentId, request),
    (answer) => setOutcome({ of: present, answer })
  );
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex gap={3} wrap="wrap">
        <Box minWidth="20rem">
          <SingleSelect
            size="S"
            aria-label={text('dry-run.window')}
            value={String(days)}
            onChange={(chosen) => setDays(Number(chosen))}
          >
            {windows.map((count) => (
              <SingleSelectOption key={count} value={String(count)}>
                {text('window.days', { count })}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Box>
        <Button
          variant="secondary"
          loading={trial.isSubmitting}
          onClick={() => trial.submit({ policy, rules: [], since: dayBefore(new Date(), days) })}
        >
          {text('dry-run.run')}
        </Button>
        <Typography variant="pi" textColor="neutral600">
          {text('dry-run.hint')}
        </Typography>
      </Flex>
      {trial.problem === null ? null : <ProblemNotice problem={trial.problem} />}
      {/* Counts for another policy would be wrong beside this one. */}
      {outcome?.of === present ? <Outcome outcome={outcome.answer} /> : null}
    </Flex>
  );
};
