import { useCallback, useState } from 'react';
import { Flex, Radio, Typography } from '@strapi/design-system';
import type { ContactOffer } from '../../../../../shared/contracts/nobody';
import type { Client } from '../../../api/client';
import { searchRecords, type FoundRecord } from '../../../api/records';
import { useLoad } from '../../../hooks/use-load';
import { useSettled } from '../../../hooks/use-settled';
import { useText } from '../../../hooks/use-text';
import { TextField } from '../../kit/TextField';
import { WhenLoaded } from '../../kit/WhenLoaded';
import { typesFor, type ContactFieldsProps } from './contact-choice';
import { textAt } from './contact-data';
import { SelectField } from '../../kit/SelectField';

/** A search for every key would be too many. */
const typingMs = 300;

const pathOf = (dotted: string) => dotted.split('.').map((field) => ({ field, isList: false }));

const FoundContact = ({ record, offer }: { record: FoundRecord; offer: ContactOffer }) => {
  const address = offer.form ? textAt(record, offer.form.address) : '';
  const name = textAt(record, pathOf(offer.nameField)) || address || record.documentId;
  return (
    <Radio.Item value={record.documentId}>
      {address === '' || address === name ? name : `${name} (${address})`}
    </Radio.Item>
  );
};

interface FoundProps extends ContactFieldsProps {
  offer: ContactOffer;
  words: string;
}

const Found = ({ offer, words, choice, onChange }: FoundProps) => {
  const text = useText();
  const { contactType, nameField } = offer;
  const found = useLoad(
    useCallback(
      (client: Client) => searchRecords(client, contactType, nameField, words),
      [contactType, nameField, words]
    )
  );
  return (
    <WhenLoaded loaded={found}>
      {(records) =>
        records.length === 0 ? (
          <Typography textColor="neutral600">{text('log-now.choose.nothing')}</Typography>
        ) : (
          <Radio.Group
            aria-label={text('log-now.choose.found')}
            value={choice.chosen?.documentId ?? ''}
            onValueChange={(documentId) => onChange({ ...choice, chosen: { contactType, documentId } })}
          >
            <Flex direction="column" alignItems="stretch" gap={2}>
              {records.map((record) => (
                <FoundContact key={record.documentId} record={record} offer={offer} />
              ))}
            </Flex>
          </Radio.Group>
        )
      }
    </WhenLoaded>
  );
};

/** A contact that is there already, among those that the user may read. */
export const ChooseContact = (props: ContactFieldsProps) => {
  const text = useText();
  const { nobody, choice, onChange } = props;
  const [words, setWords] = useState('');
  const settled = useSettled(words.trim(), typingMs);
  const types = typesFor('choose', nobody);
  const offer = types.find(({ contactType }) => contactType === choice.contactType);
  return (
    <>
      <SelectField
        label={text('log-now.type')}
        value={choice.contactType}
        options={types.map(({ contactType, displayName }) => ({ value: contactType, label: displayName }))}
        onChange={(contactType) => onChange({ ...choice, contactType, chosen: null })}
      />
      <TextField
        label={text('log-now.choose.search')}
        value={words}
        onChange={(typed) => {
          setWords(typed);
          // What is not in sight any more must not be logged on.
          onChange({ ...choice, chosen: null });
        }}
      />
      {offer ? <Found {...props} offer={offer} words={settled} /> : null}
    </>
  );
};
