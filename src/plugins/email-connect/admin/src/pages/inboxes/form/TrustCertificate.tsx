import type { ReactNode } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { useText } from '../../../hooks/use-text';
import { readableFingerprint, type UntrustedCertificate } from './certificate-fingerprint';

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <Typography tag="dt" variant="pi" textColor="neutral600">
      {name}
    </Typography>
    <Typography tag="dd" variant="pi" textColor="neutral800" style={{ margin: 0, overflowWrap: 'anywhere' }}>
      {children}
    </Typography>
  </div>
);

interface TrustCertificateProps {
  certificate: UntrustedCertificate;
  onTrust: (certificate: UntrustedCertificate) => void;
}

/** S35: what a person compares before trusting a certificate that no authority vouches for. */
export const TrustCertificate = ({ certificate, onTrust }: TrustCertificateProps) => {
  const text = useText();
  const { formatDate } = useIntl();
  const { facts, fingerprint } = certificate;
  return (
    <Box background="neutral100" hasRadius padding={4} marginTop={2} width="100%">
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Flex tag="dl" direction="column" alignItems="stretch" gap={2}>
          <Fact name={text('test.certificate.fingerprint')}>
            <code>{readableFingerprint(fingerprint)}</code>
          </Fact>
          {facts === null ? null : (
            <>
              <Fact name={text('test.certificate.subject')}>{facts.subject}</Fact>
              <Fact name={text('test.certificate.issuer')}>{facts.issuer}</Fact>
              <Fact name={text('test.certificate.valid-until')}>
                {formatDate(facts.validUntil, { dateStyle: 'long' })}
              </Fact>
            </>
          )}
        </Flex>
        <Box>
          <Button size="S" variant="danger-light" onClick={() => onTrust(certificate)}>
            {text('test.certificate.trust')}
          </Button>
        </Box>
      </Flex>
    </Box>
  );
};
