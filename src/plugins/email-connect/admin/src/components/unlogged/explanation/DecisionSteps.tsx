import { Box, Flex, Typography } from '@strapi/design-system';
import { Check, Minus } from '@strapi/icons';
import type { DecisionStepAnswer } from '../../../../../shared/contracts/explanation';
import { useText } from '../../../hooks/use-text';

/** The header field that was looked at, and the value in it that mattered. */
const HeaderLine = ({ step: { header, value } }: { step: DecisionStepAnswer }) => {
  const text = useText();
  if (header === '' && value === '') return null;
  return (
    <Typography tag="p" variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
      {header === '' || value === '' ? header || value : text('message.evidence.header', { header, value })}
    </Typography>
  );
};

const Step = ({ step }: { step: DecisionStepAnswer }) => {
  const text = useText();
  const hasDecided = step.outcome === 'decided';
  const Icon = hasDecided ? Check : Minus;
  return (
    <Flex tag="li" gap={3} alignItems="flex-start">
      <Box
        color={hasDecided ? 'primary600' : 'neutral500'}
        role="img"
        aria-label={text(`explanation.outcome.${step.outcome}`)}
        style={{ paddingTop: '2px', flexShrink: 0 }}
      >
        <Icon width="1.2rem" height="1.2rem" />
      </Box>
      <Box minWidth={0}>
        <Typography
          fontWeight={hasDecided ? 'bold' : 'regular'}
          textColor={hasDecided ? 'neutral800' : 'neutral600'}
        >
          {text(`explanation.step.${step.step}`)}
        </Typography>
        {step.detail === '' ? null : (
          <Typography tag="p" variant="pi" textColor={hasDecided ? 'neutral800' : 'neutral600'}>
            {step.detail}
          </Typography>
        )}
        <HeaderLine step={step} />
      </Box>
    </Flex>
  );
};

/** The step that decided, with its header field; below it every step that was asked before, in order. */
export const DecisionSteps = ({ steps }: { steps: DecisionStepAnswer[] }) => {
  const text = useText();
  const groups = [
    { title: text('explanation.decided'), list: steps.filter(({ outcome }) => outcome === 'decided') },
    { title: text('explanation.steps'), list: steps.filter(({ outcome }) => outcome === 'passed') },
  ];
  return groups
    .filter(({ list }) => list.length > 0)
    .map(({ title, list }) => (
      <Flex key={title} direction="column" alignItems="stretch" gap={3}>
        <Typography variant="sigma" textColor="neutral600">
          {title}
        </Typography>
        <Flex tag="ol" direction="column" alignItems="stretch" gap={3}>
          {list.map((step, at) => (
            <Step key={`${at} ${step.step}`} step={step} />
          ))}
        </Flex>
      </Flex>
    ));
};
