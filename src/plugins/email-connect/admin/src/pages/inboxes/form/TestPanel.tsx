import { Box, Button, Flex, Grid, Typography } from '@strapi/design-system';
import { Lightning } from '@strapi/icons';
import type {
  ConnectionStepAnswer,
  ConnectionTestResult,
} from '../../../../../shared/contracts/connection-test';
import { useText } from '../../../hooks/use-text';
import { Notice } from '../../../components/kit/Notice';
import { ProblemNotice } from '../../../components/kit/ProblemNotice';
import type { UntrustedCertificate } from './certificate-fingerprint';
import type { Side } from './inbox-draft';
import type { TestProgress } from './test-progress';
import { TestStep } from './TestStep';

/** S9: what will happen to the sent copy is said before connecting. */
const PassedResult = ({ result }: { result: ConnectionTestResult }) => {
  const text = useText();
  const watched = result.folders.filter((folder) => folder.watched);
  return (
    <Notice tone="success" title={text('test.passed')}>
      <Typography textColor="neutral800">
        {text('test.folders', { watched: watched.length, total: result.folders.length })}
      </Typography>
      <Typography textColor="neutral800">
        {text(`test.sent-copy.${result.sentCopy}`, { folder: result.sentFolderPath ?? '' })}
      </Typography>
    </Notice>
  );
};

const sides: Side[] = ['imap', 'smtp'];

interface StepListProps {
  side: Side;
  steps: ConnectionStepAnswer[];
  onTrust: (certificate: UntrustedCertificate) => void;
}

/** The steps of one server; both are tested at the same time. */
const StepList = ({ side, steps, onTrust }: StepListProps) => {
  const text = useText();
  return (
    <>
      <Typography variant="sigma" textColor="neutral600" tag="h3">
        {text(`form.${side}`)}
      </Typography>
      <Box tag="ol" aria-label={text(`test.steps.${side}`)} paddingTop={1}>
        {steps
          .filter(({ name }) => name.startsWith(side))
          .map((step) => (
            <TestStep key={step.name} step={step} onTrust={onTrust} />
          ))}
      </Box>
    </>
  );
};

interface TestPanelProps {
  progress: TestProgress | null;
  /** false: the form has changed since the test. */
  isCurrent: boolean;
  onRun: () => void;
  onTrust: (certificate: UntrustedCertificate) => void;
}

/** Tests the connection and shows each step as it happens. */
export const TestPanel = ({ progress, isCurrent, onRun, onTrust }: TestPanelProps) => {
  const text = useText();
  const steps = progress?.steps ?? [];
  const result = progress?.result ?? null;
  const isRunning = progress?.isRunning ?? false;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Box>
        <Button variant="secondary" startIcon={<Lightning />} onClick={onRun} loading={isRunning}>
          {text(isRunning ? 'test.running' : 'test.run')}
        </Button>
      </Box>
      {steps.length === 0 ? null : (
        <Box aria-live="polite" paddingTop={3} style={{ opacity: isCurrent || isRunning ? 1 : 0.5 }}>
          <Grid.Root gap={6}>
            {sides.map((side) => (
              <Grid.Item key={side} col={6} s={12} xs={12} direction="column" alignItems="stretch">
                <StepList side={side} steps={steps} onTrust={onTrust} />
              </Grid.Item>
            ))}
          </Grid.Root>
        </Box>
      )}
      {progress?.problem ? <ProblemNotice problem={progress.problem} /> : null}
      {result?.passed && isCurrent ? <PassedResult result={result} /> : null}
      {result !== null && !isCurrent ? <Notice tone="warning" title={text('test.outdated')} /> : null}
    </Flex>
  );
};
