import { useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import type { FoundMessage } from '../../../../../shared/contracts/search';
import { Label } from '../../../components/kit/Label';
import { Explanation } from '../../../components/unlogged/explanation/Explanation';
import { verdictWords } from '../../../components/unlogged/explanation/verdict-words';
import { GlimpseLines } from '../../../components/unlogged/GlimpseLines';
import { Row } from '../../../components/kit/Row';
import { useText } from '../../../hooks/use-text';

interface FoundRowProps {
  inboxDocumentId: string;
  found: FoundMessage;
  onLogged: () => void;
}

/** A message of the mailbox with the verdict on it; the whole explanation opens below it. */
export const FoundRow = ({ inboxDocumentId, found, onLogged }: FoundRowProps) => {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  const { variant, word, reason } = verdictWords(found.verdict);
  return (
    <Row>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={4}>
        <GlimpseLines glimpse={found} />
        <Flex gap={3} shrink={0}>
          <Label tone={variant}>{text(word)}</Label>
          <Button
            size="S"
            variant="tertiary"
            aria-expanded={isOpen}
            onClick={() => setIsOpen((before) => !before)}
          >
            {text('search.why')}
          </Button>
        </Flex>
      </Flex>
      {reason === null || isOpen ? null : (
        <Typography variant="pi" textColor="neutral600">
          {text(reason)}
        </Typography>
      )}
      {isOpen ? (
        <Box background="neutral100" hasRadius padding={4} marginTop={3}>
          <Explanation
            inboxDocumentId={inboxDocumentId}
            request={{ location: found.location }}
            onLogged={onLogged}
          />
        </Box>
      ) : null}
    </Row>
  );
};
