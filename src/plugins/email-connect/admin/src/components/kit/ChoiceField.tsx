import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';

export interface ChoiceFieldProps {
  label: string;
  /** '' for none chosen yet. */
  value: string;
  options: { value: string; label: string }[];
  placeholder?: string;
  onChange: (value: string) => void;
}

/** A choice among a few; not to be used where there is none. */
export const ChoiceField = ({ label, value, options, placeholder, onChange }: ChoiceFieldProps) => (
  <Field.Root width="100%">
    <Field.Label>{label}</Field.Label>
    <SingleSelect
      value={value}
      placeholder={placeholder}
      disabled={options.length === 0}
      onChange={(chosen) => onChange(String(chosen))}
    >
      {options.map((option) => (
        <SingleSelectOption key={option.value} value={option.value}>
          {option.label}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  </Field.Root>
);
