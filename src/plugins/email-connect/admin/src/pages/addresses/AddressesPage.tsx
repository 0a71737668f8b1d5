import { useCallback, useState } from 'react';
import { Box, EmptyStateLayout } from '@strapi/design-system';
import { EmptyDocuments } from '@strapi/icons/symbols';
import type { Client } from '../../api/client';
import { loadUnconfirmed } from '../../api/contacts';
import { PageFrame } from '../../components/kit/PageFrame';
import { Pager, pageSize } from '../../components/kit/Pager';
import { WhenLoaded } from '../../components/kit/WhenLoaded';
import { useLoad } from '../../hooks/use-load';
import { useText } from '../../hooks/use-text';
import { pagePath } from '../../plugin-id';
import { AddressList } from './AddressList';

/** S41: every address whose mail others do not see on its contact yet. */
export const AddressesPage = () => {
  const text = useText();
  const [start, setStart] = useState(0);
  const addresses = useLoad(
    useCallback((client: Client) => loadUnconfirmed(client, { start, limit: pageSize }), [start])
  );
  // The last page may be empty now.
  const startAgain = () => {
    setStart(0);
    addresses.reload();
  };
  return (
    <PageFrame
      title={text('addresses.title')}
      subtitle={text('addresses.subtitle')}
      back={{ to: pagePath(''), label: text('inboxes.title') }}
    >
      <WhenLoaded loaded={addresses}>
        {({ addresses: list, total }) =>
          total === 0 ? (
            <EmptyStateLayout icon={<EmptyDocuments width="16rem" />} content={text('addresses.empty')} />
          ) : (
            <Box>
              <AddressList addresses={list} onConfirmed={startAgain} />
              <Pager start={start} total={total} onStart={setStart} />
            </Box>
          )
        }
      </WhenLoaded>
    </PageFrame>
  );
};
