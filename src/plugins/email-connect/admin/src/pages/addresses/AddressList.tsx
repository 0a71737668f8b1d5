import { Box, Button, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { Client } from '../../api/client';
import { confirmAddress } from '../../api/contacts';
import type { UnconfirmedAddress } from '../../../../shared/contracts/unconfirmed-address';
import { Row } from '../../components/kit/Row';
import { useNotifiedSubmit } from '../../components/kit/use-notified-submit';
import { useText } from '../../hooks/use-text';
import { recordPath } from '../../plugin-id';

interface AddressListProps {
  addresses: UnconfirmedAddress[];
  onConfirmed: () => void;
}

const confirmEach = async (client: Client, addresses: readonly UnconfirmedAddress[]): Promise<void> => {
  for (const { address, contactType, documentId } of addresses) {
    await confirmAddress(client, { contactType, documentId }, address);
  }
};

/** Addresses, each with its contact and a button; one button for all of the page. */
export const AddressList = ({ addresses, onConfirmed }: AddressListProps) => {
  const text = useText();
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: confirmEach,
    doneWords: (chosen) =>
      chosen.length === 1
        ? text('addresses.confirmed', { address: chosen[0]?.address ?? '' })
        : text('addresses.confirmed-all', { count: chosen.length }),
    onDone: onConfirmed,
  });
  return (
    <Box>
      <Flex justifyContent="flex-end" paddingBottom={4}>
        <Button variant="secondary" disabled={isSubmitting} onClick={() => submit(addresses)}>
          {text('addresses.confirm-all', { count: addresses.length })}
        </Button>
      </Flex>
      <Box background="neutral0" hasRadius shadow="tableShadow" padding={6}>
        <ul aria-label={text('addresses.title')}>
          {addresses.map((one) => (
            <Row key={`${one.contactType} ${one.documentId} ${one.address}`}>
              <Flex gap={4} wrap="wrap" justifyContent="space-between">
                <Flex direction="column" alignItems="flex-start" gap={1} minWidth={0}>
                  <Typography textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
                    {one.address}
                  </Typography>
                  <Link tag={NavLink} to={recordPath(one.contactType, one.documentId)}>
                    {one.name || text('record.title')}
                  </Link>
                </Flex>
                <Button
                  variant="tertiary"
                  size="S"
                  disabled={isSubmitting}
                  aria-label={text('addresses.confirm-one', { address: one.address, contact: one.name })}
                  onClick={() => submit([one])}
                >
                  {text('addresses.confirm')}
                </Button>
              </Flex>
            </Row>
          ))}
        </ul>
      </Box>
    </Box>
  );
};
