import { Box, Button, Flex, Link, Table, Tbody, Td, Tr, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { Client } from '../../api/client';
import { confirmAddress } from '../../api/contacts';
import type { UnconfirmedAddress } from '../../../../shared/contracts/unconfirmed-address';
import { TableHead } from '../../components/kit/TableHead';
import { useNotifiedSubmit } from '../../components/kit/use-notified-submit';
import { useText, type TextKey } from '../../hooks/use-text';
import { recordPath } from '../../plugin-id';

const columns: TextKey[] = [
  'addresses.column.address',
  'addresses.column.contact',
  'addresses.column.action',
];

interface AddressTableProps {
  addresses: UnconfirmedAddress[];
  onConfirmed: () => void;
}

const confirmEach = async (client: Client, addresses: readonly UnconfirmedAddress[]): Promise<void> => {
  for (const { address, contactType, documentId } of addresses) {
    await confirmAddress(client, { contactType, documentId }, address);
  }
};

/** Addresses, each with its contact and a button; one button for all of the page. */
export const AddressTable = ({ addresses, onConfirmed }: AddressTableProps) => {
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
      <Table colCount={columns.length} rowCount={addresses.length + 1}>
        <TableHead columns={columns} />
        <Tbody>
          {addresses.map((one) => (
            <Tr key={`${one.contactType} ${one.documentId} ${one.address}`}>
              <Td>
                <Typography textColor="neutral800">{one.address}</Typography>
              </Td>
              <Td>
                <Link tag={NavLink} to={recordPath(one.contactType, one.documentId)}>
                  {one.name || text('record.title')}
                </Link>
              </Td>
              <Td>
                <Button
                  variant="tertiary"
                  size="S"
                  disabled={isSubmitting}
                  aria-label={text('addresses.confirm-one', { address: one.address })}
                  onClick={() => submit([one])}
                >
                  {text('addresses.confirm')}
                </Button>
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Box>
  );
};
