import { useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import type { MessageLocation } from '../../../../../../shared/contracts/location';
import type { QuarantinedMessageAnswer } from '../../../../../../shared/contracts/quarantine';
import { Label } from '../../../../components/kit/Label';
import { Explanation } from '../../../../components/unlogged/explanation/Explanation';
import { LogNowButton } from '../../../../components/unlogged/log-now/LogNowButton';
import { RelativeTime } from '../../../../components/time/RelativeTime';
import { Row } from '../../../../components/kit/Row';
import { useText } from '../../../../hooks/use-text';
import { reasonOf } from './reason';

/** How often it was tried, and when it is tried again. */
const Attempts = ({ message }: { message: QuarantinedMessageAnswer }) => {
  const text = useText();
  return (
    <Typography variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
      {text('set-aside.attempts', { count: message.attempts })} <RelativeTime at={message.lastAt} />
      {' · '}
      {message.nextAt === null ? (
        text('set-aside.next.none')
      ) : (
        <>
          {text('set-aside.next')} <RelativeTime at={message.nextAt} isPlanned />
        </>
      )}
      {' · '}
      {text('problem.code', { code: message.code })}
    </Typography>
  );
};

interface SetAsideRowProps {
  inboxDocumentId: string;
  message: QuarantinedMessageAnswer;
  isRetrying: boolean;
  onRetry: (location: MessageLocation) => void;
  onLogged: () => void;
}

/** One message that is not logged yet, or only if a person says so. Nothing is known here of its content. */
export const SetAsideRow = ({
  inboxDocumentId,
  message,
  isRetrying,
  onRetry,
  onLogged,
}: SetAsideRowProps) => {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  const isHeld = message.kind === 'held';
  const { location } = message;
  return (
    <Row>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={4}>
        <Flex direction="column" alignItems="flex-start" gap={1} minWidth={0}>
          <Flex gap={2}>
            <Label tone={isHeld ? 'secondary' : 'warning'}>{text(`set-aside.kind.${message.kind}`)}</Label>
            <Typography variant="pi" textColor="neutral600">
              {text('set-aside.place', { folder: location.folderPath, uid: String(location.imapUid) })}
            </Typography>
          </Flex>
          <Typography textColor="neutral800">{text(reasonOf(message))}</Typography>
          <Attempts message={message} />
        </Flex>
        <Flex gap={2} shrink={0}>
          <Button
            size="S"
            variant="tertiary"
            aria-expanded={isOpen}
            onClick={() => setIsOpen((before) => !before)}
          >
            {text('set-aside.look')}
          </Button>
          {isHeld ? (
            <LogNowButton inboxDocumentId={inboxDocumentId} location={location} onLogged={onLogged} />
          ) : (
            <Button size="S" variant="secondary" disabled={isRetrying} onClick={() => onRetry(location)}>
              {text('try-again')}
            </Button>
          )}
        </Flex>
      </Flex>
      {isOpen ? (
        <Box background="neutral100" hasRadius padding={4} marginTop={3}>
          <Explanation inboxDocumentId={inboxDocumentId} request={{ location }} onLogged={onLogged} />
        </Box>
      ) : null}
    </Row>
  );
};
