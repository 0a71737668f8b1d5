import { level, type LevelAnswer } from '../../../../shared/contracts/level';
import type { LevelChoiceAnswer } from '../../../../shared/contracts/access';
import type { Text } from '../../hooks/use-text';

/** `none`: a conversation or a message has no level of its own. */
export type LevelOption = LevelAnswer | 'none';

/** What has a level of its own, and what it has otherwise: that of an inbox, or of its conversation. */
export type LevelOf = 'inbox' | 'thread' | 'message';

/** What can be chosen: a level only ever makes mail more private than it would be without. */
export const stricterOptions = ({ chosen, otherwise }: LevelChoiceAnswer): LevelOption[] => [
  'none',
  ...level.options
    .filter((option) => option === chosen || level.options.indexOf(option) < level.options.indexOf(otherwise))
    .reverse(),
];

export const optionOf = ({ chosen }: Pick<LevelChoiceAnswer, 'chosen'>): LevelOption => chosen ?? 'none';

export const levelOf = (option: LevelOption): LevelAnswer | null => (option === 'none' ? null : option);

/** Its name, and what others see then. */
export const levelWords = (
  option: LevelOption,
  { of, otherwise }: { of: LevelOf; otherwise: LevelAnswer },
  text: Text
): { name: string; hint: string } =>
  option === 'none'
    ? {
        name: text(of === 'message' ? 'level.as-thread' : 'level.as-inbox', {
          level: text(`level.${otherwise}`),
        }),
        hint: text(`level.${otherwise}.hint`),
      }
    : { name: text(`level.${option}`), hint: text(`level.${option}.hint`) };
