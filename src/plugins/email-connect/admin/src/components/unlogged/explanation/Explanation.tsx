import { useCallback, useMemo } from 'react';
import { Box, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type {
  Explanation as ExplanationAnswer,
  ExplainRequest,
} from '../../../../../shared/contracts/explanation';
import type { Client } from '../../../api/client';
import { explainMessage } from '../../../api/unlogged';
import { useLoad } from '../../../hooks/use-load';
import { useText } from '../../../hooks/use-text';
import { pagePath } from '../../../plugin-id';
import { WhenLoaded } from '../../kit/WhenLoaded';
import { LogNowButton } from '../log-now/LogNowButton';
import { DecisionSteps } from './DecisionSteps';
import { useFocusOnceLogged } from './use-focus-once-logged';
import { canBeLogged } from './verdict-words';

/** Where the message lies, or where it was looked for in vain. */
const Places = ({ explanation }: { explanation: ExplanationAnswer }) => {
  const text = useText();
  const { foundIn, searched, unreadable } = explanation;
  const folders = [...new Set(foundIn.map(({ folderPath }) => folderPath))];
  const lines = [
    folders.length === 0
      ? text('explanation.searched', { folders: searched.join(', ') })
      : text('explanation.found-in', { folders: folders.join(', ') }),
    ...(unreadable.length === 0 ? [] : [text('explanation.unreadable', { folders: unreadable.join(', ') })]),
  ];
  return lines.map((line) => (
    <Typography key={line} textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
      {line}
    </Typography>
  ));
};

interface ActionsProps {
  inboxDocumentId: string;
  explanation: ExplanationAnswer;
  onLogged: () => void;
}

const Actions = ({ inboxDocumentId, explanation, onLogged }: ActionsProps) => {
  const text = useText();
  const { verdict, foundIn } = explanation;
  const [location] = foundIn;
  const thread = useFocusOnceLogged(verdict?.kind === 'known');
  if (verdict === null || location === undefined) return null;
  return (
    <Flex gap={4} wrap="wrap">
      {canBeLogged(verdict) ? (
        <LogNowButton inboxDocumentId={inboxDocumentId} location={location} onLogged={onLogged} />
      ) : null}
      {verdict.threadDocumentId === null ? null : (
        <Link ref={thread} tag={NavLink} to={pagePath(`threads/${verdict.threadDocumentId}`)}>
          {text('explanation.thread')}
        </Link>
      )}
    </Flex>
  );
};

interface ExplanationProps {
  inboxDocumentId: string;
  request: ExplainRequest;
  /** Called when the user has had the message logged. */
  onLogged?: () => void;
}

/** P9: "Why is this mail (not) here?", as decided at this moment, with the actions that are possible. */
export const Explanation = ({ inboxDocumentId, request, onLogged }: ExplanationProps) => {
  // By its content: an object made while rendering would be a new question each time.
  const key = JSON.stringify(request);
  const asked = useMemo<ExplainRequest>(() => JSON.parse(key) as ExplainRequest, [key]);
  const explanation = useLoad(
    useCallback((client: Client) => explainMessage(client, inboxDocumentId, asked), [inboxDocumentId, asked])
  );
  return (
    <WhenLoaded loaded={explanation}>
      {(loaded) => (
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Box>
            <Typography tag="p" fontWeight="bold" textColor="neutral800">
              {loaded.answer}
            </Typography>
            <Places explanation={loaded} />
          </Box>
          <Actions
            inboxDocumentId={inboxDocumentId}
            explanation={loaded}
            onLogged={() => {
              explanation.reload();
              onLogged?.();
            }}
          />
          <DecisionSteps steps={loaded.steps} />
        </Flex>
      )}
    </WhenLoaded>
  );
};
