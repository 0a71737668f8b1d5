import { Flex, Radio, Typography } from '@strapi/design-system';
import { useText } from '../../../hooks/use-text';
import { Notice } from '../../kit/Notice';
import { ChooseContact } from './ChooseContact';
import { inWay, waysFor, type ContactChoice, type ContactFieldsProps } from './contact-choice';
import { CreateContact } from './CreateContact';

const WayField = ({ nobody, choice, onChange }: ContactFieldsProps) => {
  const text = useText();
  const ways = waysFor(nobody);
  return (
    <Radio.Group
      aria-label={text('log-now.way')}
      value={choice.way}
      onValueChange={(chosen) => {
        const way = ways.find((one) => one === chosen);
        if (way !== undefined) onChange({ ...choice, ...inWay(way, nobody) });
      }}
    >
      <Flex direction="column" alignItems="stretch" gap={2}>
        {ways.map((way) => (
          <Radio.Item key={way} value={way}>
            {text(`log-now.${way}`)}
          </Radio.Item>
        ))}
      </Flex>
    </Radio.Group>
  );
};

/** Who on the message is no contact, and the contact that it is put on instead. `choice` is null without a way. */
export const ContactFields = ({
  nobody,
  choice,
  onChange,
}: Omit<ContactFieldsProps, 'choice'> & { choice: ContactChoice | null }) => {
  const text = useText();
  const people = nobody.people.map(({ address }) => address);
  return (
    <>
      <Notice
        tone="warning"
        title={text('log-now.nobody', { count: people.length, people: people.join(', ') })}
      >
        <Typography>{text('log-now.nobody.hint')}</Typography>
      </Notice>
      {choice === null ? (
        <Notice tone="neutral" title={text('log-now.no-way')}>
          <Typography>{text('log-now.no-way.hint')}</Typography>
        </Notice>
      ) : (
        <>
          <WayField nobody={nobody} choice={choice} onChange={onChange} />
          {choice.way === 'create' ? (
            <CreateContact nobody={nobody} choice={choice} onChange={onChange} />
          ) : (
            <ChooseContact nobody={nobody} choice={choice} onChange={onChange} />
          )}
        </>
      )}
    </>
  );
};
