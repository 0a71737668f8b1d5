import { Box, Link } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { Notice } from '../../components/kit/Notice';
import { pagePath } from '../../plugin-id';

interface WaitingNoticeProps {
  tone: 'neutral' | 'warning';
  title: string;
  /** The page with what waits, and the words of the link to it. */
  page: string;
  open: string;
}

/** That something waits on another page of the plugin. */
export const WaitingNotice = ({ tone, title, page, open }: WaitingNoticeProps) => (
  <Box paddingBottom={4}>
    <Notice
      tone={tone}
      title={title}
      action={
        <Link tag={NavLink} to={pagePath(page)}>
          {open}
        </Link>
      }
    />
  </Box>
);
