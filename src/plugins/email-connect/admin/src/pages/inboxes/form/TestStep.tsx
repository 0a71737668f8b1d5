import type { ReactNode } from 'react';
import { Box, Flex, Loader, Typography } from '@strapi/design-system';
import { CheckCircle, CrossCircle } from '@strapi/icons';
import type { ConnectionStepAnswer } from '../../../../../shared/contracts/connection-test';
import { useText } from '../../../hooks/use-text';
import { refusedCertificate, type UntrustedCertificate } from './certificate-fingerprint';
import { TrustCertificate } from './TrustCertificate';

const StepIcon = ({ state }: { state: ConnectionStepAnswer['state'] }): ReactNode => {
  if (state === 'running') return <Loader small />;
  return (
    <Box color={state === 'passed' ? 'success600' : 'danger600'} aria-hidden>
      {state === 'passed' ? <CheckCircle /> : <CrossCircle />}
    </Box>
  );
};

interface StepErrorProps {
  error: NonNullable<ConnectionStepAnswer['error']>;
  /** false: the detail is shown elsewhere. */
  showsDetail: boolean;
}

const StepError = ({ error, showsDetail }: StepErrorProps) => {
  const text = useText();
  return (
    <>
      <Typography textColor="danger600" fontWeight="semiBold">
        {error.message}
      </Typography>
      <Typography textColor="neutral800">{error.nextStep}</Typography>
      <Typography variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
        {error.detail === '' || !showsDetail
          ? text('problem.code', { code: error.code })
          : text('problem.code-and-detail', { code: error.code, detail: error.detail })}
      </Typography>
    </>
  );
};

interface TestStepProps {
  step: ConnectionStepAnswer;
  onTrust: (certificate: UntrustedCertificate) => void;
}

/** One step of a test: what was tried, the result, and what to do after a failure. */
export const TestStep = ({ step, onTrust }: TestStepProps) => {
  const text = useText();
  const certificate = refusedCertificate(step);
  return (
    <Flex tag="li" gap={3} alignItems="flex-start" paddingTop={2} paddingBottom={2}>
      <Flex width="24px" height="20px" justifyContent="center" shrink={0}>
        <StepIcon state={step.state} />
      </Flex>
      <Flex direction="column" alignItems="flex-start" gap={1} flex="1" minWidth={0}>
        <Typography fontWeight="semiBold">
          {text(`test.step.${step.name}`)}
          <Typography tag="span" textColor="neutral600">
            {['', text(`test.state.${step.state}`), ...(step.finding === '' ? [] : [step.finding])].join(
              ' · '
            )}
          </Typography>
        </Typography>
        {step.error === null ? null : <StepError error={step.error} showsDetail={certificate === null} />}
        {certificate === null ? null : <TrustCertificate certificate={certificate} onTrust={onTrust} />}
      </Flex>
    </Flex>
  );
};
