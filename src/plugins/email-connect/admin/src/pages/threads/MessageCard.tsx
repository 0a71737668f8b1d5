import { memo, useRef, type RefObject } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { Paperclip } from '@strapi/icons';
import { styled } from 'styled-components';
import type { NamedAddress } from '../../../../shared/contracts/address';
import type { Message, MessageSummary } from '../../../../shared/contracts/message';
import { AttachmentChip } from '../../components/files/AttachmentChip';
import { Notice } from '../../components/kit/Notice';
import { RelativeTime } from '../../components/time/RelativeTime';
import { useText } from '../../hooks/use-text';
import { AuthorMark, AuthorNotice } from './AuthorMark';
import { Avatar } from './Avatar';
import { DeliveryNotice } from './DeliveryNotice';
import { shownFiles } from './inline-images';
import { nameOf, timeOf } from './message-words';
import { MessageBody } from './MessageBody';
import { MessageContent } from './MessageContent';
import { MessageLabels } from './MessageLabels';
import { Participants } from './Participants';
import { RemoveMessage } from './RemoveMessage';
import { waysOut, type Reader } from './ways-out';
import { WaysOut } from './WaysOut';
import { WhoSeesMessage } from './WhoSeesMessage';
import { WhyHere } from './WhyHere';

const addressBeside = ({ displayName, address }: NamedAddress): string => (displayName === '' ? '' : address);

/** Sentences that say why the text cannot be read here. */
const MarkNotices = ({ message }: { message: MessageSummary }) => {
  const text = useText();
  const explained = (['encrypted', 'tnef'] as const).filter((mark) => message.marks.includes(mark));
  return explained.map((mark) => (
    <Notice key={mark} tone="neutral" title={text(`message.mark.${mark}.explained`)} />
  ));
};

const HeaderButton = styled.button`
  display: block;
  width: 100%;
  padding: ${({ theme }) => theme.spaces[4]} ${({ theme }) => theme.spaces[6]};
  border: 0;
  background: none;
  text-align: left;
  cursor: pointer;
  color: inherit;
`;

interface HeaderProps {
  message: MessageSummary;
  isOpen: boolean;
  onToggle: () => void;
  button: RefObject<HTMLButtonElement>;
}

/** If the author's name has less room, the labels go below it. */
const nameWidth = '18rem';

/** The line that is always visible: author, time, preview. A click opens or closes the message. */
const MessageHeader = ({ message, isOpen, onToggle, button }: HeaderProps) => (
  <HeaderButton ref={button} type="button" aria-expanded={isOpen} onClick={onToggle}>
    <Flex justifyContent="space-between" wrap="wrap" gap={2}>
      <Flex gap={3} minWidth={0} flex={`1 1 ${nameWidth}`}>
        <Avatar name={nameOf(message.from)} isOwn={message.direction === 'outgoing'} />
        <Typography fontWeight="bold" style={{ whiteSpace: 'nowrap' }}>
          {nameOf(message.from)}
        </Typography>
        <Typography variant="pi" textColor="neutral600" ellipsis>
          {addressBeside(message.from)}
        </Typography>
        {isOpen ? null : (
          <Typography textColor="neutral600" ellipsis style={{ flex: '1 1 0' }}>
            {message.preview}
          </Typography>
        )}
      </Flex>
      <Flex gap={3} shrink={0}>
        <MessageLabels message={message} />
        {message.attachments.length > 0 && !isOpen ? <Paperclip aria-hidden /> : null}
        <Typography variant="pi" textColor="neutral600">
          <RelativeTime at={timeOf(message)} />
        </Typography>
      </Flex>
    </Flex>
    <AuthorMark message={message} />
  </HeaderButton>
);

/** The text, and the files below it. */
const Content = ({ message }: { message: Message }) => {
  const text = useText();
  const files = shownFiles(message);
  return (
    <>
      <MessageBody message={message} />
      {files.length === 0 ? null : (
        <Flex gap={2} wrap="wrap" role="group" aria-label={text('message.files')}>
          {files.map((file) => (
            <AttachmentChip key={file.documentId} file={file} />
          ))}
        </Flex>
      )}
    </>
  );
};

interface MessageCardProps {
  message: MessageSummary;
  isOpen: boolean;
  onToggle: (documentId: string, isOpen: boolean) => void;
  /** The user's relation to a message, which decides what they can do about one that may not have gone out. */
  readerOf: (message: MessageSummary) => Reader | null;
  /** null while another text is being written here. */
  onEdit: ((message: MessageSummary) => void) | null;
  /** Whether an inbox of the user decides about mail of the conversation. */
  choosesLevels: boolean;
  /** Called after a person decided about it. */
  onDecided: (documentId: string) => void;
  onRemoved: (documentId: string) => void;
}

const PlainMessageCard = (props: MessageCardProps) => {
  const text = useText();
  const header = useRef<HTMLButtonElement>(null);
  const { message, isOpen } = props;
  const { documentId } = message;
  const reader = props.readerOf(message);
  const ways = reader === null ? [] : waysOut(message.deliveryStatus, reader);
  return (
    <Box
      tag="article"
      aria-label={text('message.label', { from: nameOf(message.from) })}
      background="neutral0"
      hasRadius
      shadow="tableShadow"
    >
      <MessageHeader
        message={message}
        isOpen={isOpen}
        onToggle={() => props.onToggle(documentId, !isOpen)}
        button={header}
      />
      {isOpen ? (
        <Flex
          direction="column"
          alignItems="stretch"
          gap={4}
          paddingLeft={6}
          paddingRight={6}
          paddingBottom={5}
        >
          <Participants message={message} />
          <DeliveryNotice message={message}>
            {ways.length === 0 ? undefined : (
              <WaysOut
                message={message}
                ways={ways}
                onEdit={props.onEdit}
                onDecided={() => {
                  // The pressed button disappears with the state that it was for.
                  header.current?.focus();
                  props.onDecided(documentId);
                }}
              />
            )}
          </DeliveryNotice>
          <AuthorNotice message={message} />
          <MarkNotices message={message} />
          <MessageContent message={message}>{(whole) => <Content message={whole} />}</MessageContent>
          <Flex gap={4} alignItems="flex-start" wrap="wrap">
            <WhyHere message={message} />
            {props.choosesLevels ? (
              <WhoSeesMessage
                message={message}
                // A newer mail that arrives meanwhile must not close this one.
                onOpen={() => props.onToggle(documentId, true)}
                onChanged={props.onDecided}
              />
            ) : null}
            <RemoveMessage message={message} onRemoved={props.onRemoved} />
          </Flex>
        </Flex>
      ) : null}
    </Box>
  );
};

/** One message of a conversation; rendered again only when its props changed. */
export const MessageCard = memo(PlainMessageCard);
