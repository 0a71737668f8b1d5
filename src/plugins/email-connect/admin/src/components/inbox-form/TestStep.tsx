import type { ReactNode } from 'react';
import { Box, Button, Flex, Loader, Typography } from '@strapi/design-system';
import { CheckCircle, CrossCircle } from '@strapi/icons';
import type { ConnectionStep } from '../../../../shared/contracts/connection-test';
import { useText } from '../../hooks/use-text';
import {
  readableFingerprint,
  refusedCertificate,
  type UntrustedCertificate,
} from './certificate-fingerprint';

const StepIcon = ({ state }: { state: ConnectionStep['state'] }): ReactNode => {
  if (state === 'running') return <Loader small />;
  return (
    <Box color={state === 'passed' ? 'success600' : 'danger600'} aria-hidden>
      {state === 'passed' ? <CheckCircle /> : <CrossCircle />}
    </Box>
  );
};

interface TrustProps {
  certificate: UntrustedCertificate;
  onTrust: (certificate: UntrustedCertificate) => void;
}

const TrustCertificate = ({ certificate, onTrust }: TrustProps) => {
  const text = useText();
  return (
    <Flex direction="column" alignItems="flex-start" gap={2} paddingTop={2}>
      <Typography variant="pi" textColor="neutral600">
        {text('test.certificate.compare')}
      </Typography>
      <Typography variant="pi" tag="code" style={{ overflowWrap: 'anywhere' }}>
        {readableFingerprint(certificate.fingerprint)}
      </Typography>
      <Button size="S" variant="danger-light" onClick={() => onTrust(certificate)}>
        {text('test.certificate.trust')}
      </Button>
    </Flex>
  );
};

const StepError = ({ error }: { error: NonNullable<ConnectionStep['error']> }) => {
  const text = useText();
  return (
    <>
      <Typography textColor="danger600" fontWeight="semiBold">
        {error.message}
      </Typography>
      <Typography textColor="neutral800">{error.nextStep}</Typography>
      <Typography variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
        {error.detail === ''
          ? text('problem.code', { code: error.code })
          : text('problem.code-and-detail', { code: error.code, detail: error.detail })}
      </Typography>
    </>
  );
};

interface TestStepProps {
  step: ConnectionStep;
  onTrust: (certificate: UntrustedCertificate) => void;
}

/** One step of a test: what was tried, what came of it, and what to do when it failed. */
export const TestStep = ({ step, onTrust }: TestStepProps) => {
  const text = useText();
  const certificate = refusedCertificate(step);
  return (
    <Flex tag="li" gap={3} alignItems="flex-start" paddingTop={2} paddingBottom={2}>
      <Flex width="24px" height="20px" justifyContent="center" shrink={0}>
        <StepIcon state={step.state} />
      </Flex>
      <Flex direction="column" alignItems="flex-start" gap={1} minWidth={0}>
        <Typography fontWeight="semiBold">
          {text(`test.step.${step.name}`)}
          <Typography
            tag="span"
            textColor="neutral600"
          >{` · ${text(`test.state.${step.state}`)}`}</Typography>
        </Typography>
        {step.finding === '' ? null : <Typography textColor="neutral600">{step.finding}</Typography>}
        {step.error === null ? null : <StepError error={step.error} />}
        {certificate === null ? null : <TrustCertificate certificate={certificate} onTrust={onTrust} />}
      </Flex>
    </Flex>
  );
};
