import { useState } from 'react';
import { Box, TextButton, Typography } from '@strapi/design-system';
import type { MessageSummary } from '../../../../shared/contracts/message';
import { useText } from '../../hooks/use-text';

/** P9: why a message is in this conversation, with the header that decided. */
export const WhyHere = ({ message }: { message: MessageSummary }) => {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  const { evidence, origin } = message;
  return (
    <Box>
      <TextButton onClick={() => setIsOpen((before) => !before)} aria-expanded={isOpen}>
        {text('message.why')}
      </TextButton>
      {isOpen ? (
        <Box paddingTop={1}>
          <Typography tag="p" variant="pi" textColor="neutral600">
            {evidence === null
              ? text(`message.origin.${origin ?? 'reply'}`)
              : text(`message.evidence.${evidence.rung}`)}
          </Typography>
          {evidence === null || evidence.value === '' ? null : (
            <Typography tag="p" variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
              {text('message.evidence.header', { header: evidence.header, value: evidence.value })}
            </Typography>
          )}
        </Box>
      ) : null}
    </Box>
  );
};
