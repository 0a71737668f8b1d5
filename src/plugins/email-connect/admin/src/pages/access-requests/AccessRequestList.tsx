import { Box, Button, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { AccessRequestAnswer, AnswerToAccessRequest } from '../../../../shared/contracts/access';
import { answerAccessRequest } from '../../api/access';
import { Row } from '../../components/kit/Row';
import { useNotifiedSubmit } from '../../components/kit/use-notified-submit';
import { subjectWords } from '../../components/threads/subject-words';
import { RelativeTime } from '../../components/time/RelativeTime';
import { useText } from '../../hooks/use-text';
import { pagePath } from '../../plugin-id';

interface AccessRequestListProps {
  requests: AccessRequestAnswer[];
  onAnswered: () => void;
}

interface Answered {
  request: AccessRequestAnswer;
  answer: AnswerToAccessRequest['answer'];
}

const answers = ['granted', 'refused'] as const;

const Asked = ({ request }: { request: AccessRequestAnswer }) => {
  const text = useText();
  const { userName, subject, threadDocumentId, inboxAddress, askedAt } = request;
  return (
    <Flex direction="column" alignItems="flex-start" gap={1} minWidth={0}>
      <Typography fontWeight="bold" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
        {userName}
      </Typography>
      <Link tag={NavLink} to={pagePath(`threads/${threadDocumentId}`)}>
        {subjectWords(subject, text)}
      </Link>
      <Typography variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
        {text('requests.inbox', { inbox: inboxAddress })} <RelativeTime at={askedAt} />
      </Typography>
    </Flex>
  );
};

/** Questions, the oldest first: who asks, about which conversation of which inbox, and both answers. */
export const AccessRequestList = ({ requests, onAnswered }: AccessRequestListProps) => {
  const text = useText();
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: (client, { request, answer }: Answered) => answerAccessRequest(client, request.id, { answer }),
    doneWords: ({ request, answer }) => text(`requests.${answer}.done`, { user: request.userName }),
    onDone: onAnswered,
  });
  return (
    <Box background="neutral0" hasRadius shadow="tableShadow" padding={6}>
      <ul aria-label={text('requests.title')}>
        {requests.map((request) => (
          <Row key={request.id}>
            <Flex gap={4} wrap="wrap" justifyContent="space-between">
              <Asked request={request} />
              <Flex gap={2} wrap="wrap">
                {answers.map((answer) => (
                  <Button
                    key={answer}
                    size="S"
                    variant={answer === 'granted' ? 'secondary' : 'tertiary'}
                    disabled={isSubmitting}
                    aria-label={text(`requests.${answer}.label`, {
                      user: request.userName,
                      subject: subjectWords(request.subject, text),
                    })}
                    onClick={() => submit({ request, answer })}
                  >
                    {text(`requests.${answer}`)}
                  </Button>
                ))}
              </Flex>
            </Flex>
          </Row>
        ))}
      </ul>
    </Box>
  );
};
