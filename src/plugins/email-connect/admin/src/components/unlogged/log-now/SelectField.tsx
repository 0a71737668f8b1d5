import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';

interface SelectFieldProps {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** A choice among a few; nothing where there is only one. */
export const SelectField = ({ label, value, options, onChange }: SelectFieldProps) =>
  options.length < 2 ? null : (
    <Field.Root width="100%">
      <Field.Label>{label}</Field.Label>
      <SingleSelect value={value} onChange={(chosen) => onChange(String(chosen))}>
        {options.map((option) => (
          <SingleSelectOption key={option.value} value={option.value}>
            {option.label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Field.Root>
  );
