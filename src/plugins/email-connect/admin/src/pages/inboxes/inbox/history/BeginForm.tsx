import { useState } from 'react';
import { Box, Button, Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { TextField } from '../../../../components/kit/TextField';
import { useText } from '../../../../hooks/use-text';
import { dayBefore } from '../day-before';

const windows = ['30', '90', '365'] as const;
const ownDay = 'day';

interface BeginFormProps {
  isBeginning: boolean;
  /** YYYY-MM-DD. */
  onBegin: (since: string) => void;
}

/** Asks for the day back to which older mail is read. */
export const BeginForm = ({ isBeginning, onBegin }: BeginFormProps) => {
  const text = useText();
  const [window, setWindow] = useState<string>('30');
  const [day, setDay] = useState('');
  const isOwnDay = window === ownDay;
  return (
    <Flex gap={4} alignItems="flex-end" wrap="wrap">
      <Box minWidth="24rem">
        <Field.Root>
          <Field.Label>{text('history.window')}</Field.Label>
          <SingleSelect value={window} onChange={(chosen) => setWindow(String(chosen))}>
            {windows.map((days) => (
              <SingleSelectOption key={days} value={days}>
                {text('window.days', { count: Number(days) })}
              </SingleSelectOption>
            ))}
            <SingleSelectOption value={ownDay}>{text('history.window.day')}</SingleSelectOption>
          </SingleSelect>
        </Field.Root>
      </Box>
      {isOwnDay ? (
        <Box minWidth="20rem">
          <TextField label={text('history.day')} type="date" value={day} onChange={setDay} />
        </Box>
      ) : null}
      <Button
        size="L"
        disabled={isOwnDay && day === ''}
        loading={isBeginning}
        onClick={() => onBegin(isOwnDay ? day : dayBefore(new Date(), Number(window)))}
      >
        {text('history.begin')}
      </Button>
    </Flex>
  );
};
