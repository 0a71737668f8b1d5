import { Typography } from '@strapi/design-system';
import type { Settings } from '../../../../shared/contracts/settings';
import { useText } from '../../hooks/use-text';
import { SelectField } from '../kit/SelectField';

interface SenderFieldProps {
  senders: Settings['sendingInboxes'];
  /** The documentId of the chosen one. */
  value: string;
  onChange: (sender: string) => void;
}

/** The inbox that the email goes out from: a choice where the user has several. */
export const SenderField = ({ senders, value, onChange }: SenderFieldProps) => {
  const text = useText();
  if (senders.length > 1) {
    return (
      <SelectField
        label={text('compose.from.label')}
        value={value}
        options={senders.map(({ documentId, address }) => ({ value: documentId, label: address }))}
        onChange={onChange}
      />
    );
  }
  return (
    <Typography textColor="neutral600">
      {text('compose.from', { address: senders[0]?.address ?? '' })}
    </Typography>
  );
};
