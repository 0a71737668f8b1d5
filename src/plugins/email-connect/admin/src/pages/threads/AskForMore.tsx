import { useRef } from 'react';
import { Box, Button } from '@strapi/design-system';
import type { ThreadAccess } from '../../../../shared/contracts/access';
import { askForMore } from '../../api/access';
import { Notice } from '../../components/kit/Notice';
import { useNotifiedSubmit } from '../../components/kit/use-notified-submit';
import { useText } from '../../hooks/use-text';
import { askState } from './ask-state';

interface AskForMoreProps {
  threadDocumentId: string;
  access: ThreadAccess;
  onAsked: () => void;
}

/** S42: where not all of a conversation is told, a question to those who own its inboxes. */
export const AskForMore = ({ threadDocumentId, access, onAsked }: AskForMoreProps) => {
  const text = useText();
  const box = useRef<HTMLDivElement>(null);
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: (client, documentId: string) => askForMore(client, documentId),
    doneWords: (_documentId, { asked }) => text(asked === 'refused' ? 'access.too-soon' : 'access.asked'),
    onDone: () => {
      // The button disappears, and the focus must not be lost with it.
      box.current?.focus();
      onAsked();
    },
  });
  const state = askState(access);
  if (state === null) return null;
  return (
    <Box ref={box} tabIndex={-1} style={{ outlineOffset: '2px' }}>
      <Notice
        tone="neutral"
        title={text(`access.${state}`)}
        action={
          state === 'open' ? undefined : (
            <Button
              size="S"
              variant="secondary"
              loading={isSubmitting}
              onClick={() => submit(threadDocumentId)}
            >
              {text(state === 'refused' ? 'access.ask-again' : 'access.ask')}
            </Button>
          )
        }
      />
    </Box>
  );
};
