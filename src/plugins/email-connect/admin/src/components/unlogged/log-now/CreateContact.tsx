import { Link, Typography } from '@strapi/design-system';
import type { ContactOffer } from '../../../../../shared/contracts/nobody';
import { useText } from '../../../hooks/use-text';
import { contentManagerPath } from '../../../plugin-id';
import { Notice } from '../../kit/Notice';
import { TextField } from '../../kit/TextField';
import { typesFor, withPerson, type ContactFieldsProps } from './contact-choice';
import { SelectField } from '../../kit/SelectField';

/** The type has required fields of its own, or keeps addresses where they cannot be filled in from here. */
const OwnForm = ({ offer }: { offer: ContactOffer }) => {
  const text = useText();
  return (
    <Notice
      tone="neutral"
      title={text('log-now.create.form', { type: offer.displayName })}
      action={
        <Link isExternal href={`/admin${contentManagerPath(offer.contactType, 'create')}`}>
          {text('log-now.create.form.open')}
        </Link>
      }
    >
      <Typography>{text('log-now.create.form.hint')}</Typography>
    </Notice>
  );
};

/** A new contact of a person on the message. */
export const CreateContact = ({ nobody, choice, onChange }: ContactFieldsProps) => {
  const text = useText();
  const types = typesFor('create', nobody);
  const offer = types.find(({ contactType }) => contactType === choice.contactType);
  return (
    <>
      <SelectField
        label={text('log-now.type')}
        value={choice.contactType}
        options={types.map(({ contactType, displayName }) => ({ value: contactType, label: displayName }))}
        onChange={(contactType) => onChange({ ...choice, contactType })}
      />
      {offer?.form === null ? <OwnForm offer={offer} /> : null}
      {offer?.form ? (
        <>
          <SelectField
            label={text('log-now.person')}
            value={choice.address}
            options={nobody.people.map(({ address, displayName }) => ({
              value: address,
              label: displayName === '' ? address : `${displayName} (${address})`,
            }))}
            onChange={(address) => onChange({ ...choice, ...withPerson(address, nobody) })}
          />
          <TextField
            label={text('log-now.name')}
            value={choice.name}
            onChange={(name) => onChange({ ...choice, name })}
            hint={text('log-now.name.hint', { address: choice.address })}
            required
          />
        </>
      ) : null}
    </>
  );
};
