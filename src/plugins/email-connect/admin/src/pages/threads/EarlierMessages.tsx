import { Button, Flex, Typography } from '@strapi/design-system';
import { ProblemNotice } from '../../components/kit/ProblemNotice';
import type { Submission } from '../../hooks/use-submit';
import { useText } from '../../hooks/use-text';

interface EarlierMessagesProps {
  /** The place to ask for the page before with. */
  place: string;
  earlier: Submission<string>;
  shown: number;
  count: number;
  /** One of the earlier messages waits for a person's decision. */
  isAnswerWaiting: boolean;
}

/** Above the shown messages: how many there are, and a button to load earlier ones. */
export const EarlierMessages = ({ place, earlier, shown, count, isAnswerWaiting }: EarlierMessagesProps) => {
  const text = useText();
  const { submit, isSubmitting, problem } = earlier;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {problem === null ? null : <ProblemNotice problem={problem} />}
      <Flex gap={4} wrap="wrap">
        {/* Not `disabled`, which would take the focus away. */}
        <Button
          variant="tertiary"
          size="S"
          aria-busy={isSubmitting}
          onClick={() => {
            if (!isSubmitting) submit(place);
          }}
        >
          {text('thread.earlier')}
        </Button>
        <Typography variant="pi" textColor="neutral600" role="status">
          {text('thread.shown', { shown, count: Math.max(shown, count) })}
        </Typography>
        {isAnswerWaiting ? (
          <Typography variant="pi" textColor="warning600">
            {text('thread.earlier.waits')}
          </Typography>
        ) : null}
      </Flex>
    </Flex>
  );
};
