import { useId, useState } from 'react';
import { Box, TextButton, Typography } from '@strapi/design-system';
import type { ThreadAccess } from '../../../../shared/contracts/access';
import { useText } from '../../hooks/use-text';

/** S42: why the user sees this conversation, in a sentence. */
export const WhyISee = ({ because }: Pick<ThreadAccess, 'because'>) => {
  const text = useText();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Box>
      <TextButton
        onClick={() => setIsOpen((before) => !before)}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
      >
        {text('access.why')}
      </TextButton>
      {isOpen ? (
        <Box paddingTop={1}>
          <Typography id={id} tag="p" variant="pi" textColor="neutral600">
            {text(`access.because.${because}`)}
          </Typography>
        </Box>
      ) : null}
    </Box>
  );
};
