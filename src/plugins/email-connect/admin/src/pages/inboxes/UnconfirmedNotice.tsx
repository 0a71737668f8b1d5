import { Box, Link } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { Client } from '../../api/client';
import { loadUnconfirmed } from '../../api/contacts';
import { Notice } from '../../components/kit/Notice';
import { useLoad } from '../../hooks/use-load';
import { useText } from '../../hooks/use-text';
import { pagePath } from '../../plugin-id';

const loadCount = (client: Client) => loadUnconfirmed(client, { start: 0, limit: 1 });

/** S41: that addresses wait to be confirmed; nothing when none does. */
export const UnconfirmedNotice = () => {
  const text = useText();
  const { value } = useLoad(loadCount);
  if (value === null || value.total === 0) return null;
  return (
    <Box paddingBottom={4}>
      <Notice
        tone="warning"
        title={text('addresses.waiting', { count: value.total })}
        action={
          <Link tag={NavLink} to={pagePath('addresses')}>
            {text('addresses.open')}
          </Link>
        }
      />
    </Box>
  );
};
