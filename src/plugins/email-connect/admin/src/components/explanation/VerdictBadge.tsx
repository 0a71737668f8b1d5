import { Badge } from '@strapi/design-system';
import type { VerdictAnswer } from '../../../../shared/contracts/explanation';
import { useText } from '../../hooks/use-text';
import { verdictWords } from './verdict-words';

/** Whether a message is logged, as a coloured word. */
export const VerdictBadge = ({ verdict }: { verdict: VerdictAnswer }) => {
  const text = useText();
  const { variant, word } = verdictWords(verdict);
  return (
    <Badge size="S" variant={variant}>
      {text(word)}
    </Badge>
  );
};
