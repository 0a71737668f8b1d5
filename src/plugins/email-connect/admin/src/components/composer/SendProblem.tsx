import { useEffect, useRef } from 'react';
import { Box, Button, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { ContactRef } from '../../../../shared/contracts/contact-ref';
import type { Problem } from '../../api/problem';
import { useText } from '../../hooks/use-text';
import { recordPath } from '../../plugin-id';
import { Notice } from '../kit/Notice';
import { ProblemNotice } from '../kit/ProblemNotice';
import { isSentBefore } from './send-key';

interface SendProblemProps {
  problem: Problem;
  contact: ContactRef;
  onSendAnother: () => void;
}

/** An earlier press may have sent a mail already: the user looks first, and then decides (S51). */
const SentBefore = ({ contact, onSendAnother }: Omit<SendProblemProps, 'problem'>) => {
  const text = useText();
  const { contactType, documentId } = contact;
  return (
    <Notice
      tone="danger"
      title={text('compose.sent-before')}
      action={
        <Flex gap={4} wrap="wrap">
          {/* A new tab: the text in this form stays. */}
          <Link tag={NavLink} to={recordPath(contactType, documentId)} isExternal>
            {text('compose.sent-before.look')}
          </Link>
          <Button size="S" variant="tertiary" onClick={onSendAnother}>
            {text('compose.sent-before.another')}
          </Button>
        </Flex>
      }
    >
      <Typography textColor="neutral800">{text('compose.sent-before.next-step')}</Typography>
    </Notice>
  );
};

/**
 * Why Send failed. Stands at the end of the scrolling content, while the Send button is always in view: it scrolls
 * into view by itself.
 */
export const SendProblem = ({ problem, ...decision }: SendProblemProps) => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In braces: in newer browsers it returns a promise, which React would take for a clean-up function.
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  return (
    <Box ref={box}>
      {isSentBefore(problem) ? <SentBefore {...decision} /> : <ProblemNotice problem={problem} />}
    </Box>
  );
};
