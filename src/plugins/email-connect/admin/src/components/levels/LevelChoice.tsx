import { useId } from 'react';
import { Box, Flex, Radio, Typography } from '@strapi/design-system';
import { level, type LevelAnswer } from '../../../../shared/contracts/level';
import { useText } from '../../hooks/use-text';
import { levelWords, type LevelOf, type LevelOption } from './level-options';

interface LevelChoiceProps<Option extends LevelOption> {
  label: string;
  options: readonly Option[];
  value: Option;
  of: LevelOf;
  /** What holds with `none`; the choice of an inbox's level has no such option. */
  otherwise?: LevelAnswer;
  onChange: (option: Option) => void;
}

/** S42: how much others see, each level with the sentence that says what that is. */
export const LevelChoice = <Option extends LevelOption>({
  label,
  options,
  value,
  of,
  otherwise = 'full',
  onChange,
}: LevelChoiceProps<Option>) => {
  const text = useText();
  const id = useId();
  return (
    <Radio.Group
      aria-label={label}
      value={value}
      onValueChange={(chosen) => {
        const option = options.find((one) => one === chosen);
        if (option !== undefined) onChange(option);
      }}
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        {options.map((option) => {
          const { name, hint } = levelWords(option, { of, otherwise }, text);
          return (
            <Box key={option}>
              <Radio.Item value={option} aria-describedby={`${id}-${option}`}>
                {name}
              </Radio.Item>
              <Box paddingLeft={7}>
                <Typography id={`${id}-${option}`} variant="pi" textColor="neutral600">
                  {hint}
                </Typography>
              </Box>
            </Box>
          );
        })}
      </Flex>
    </Radio.Group>
  );
};

/** The choice of an inbox's own level. */
export const InboxLevelChoice = (
  props: Pick<LevelChoiceProps<LevelAnswer>, 'label' | 'value' | 'onChange'>
) => <LevelChoice {...props} of="inbox" options={level.options} />;
