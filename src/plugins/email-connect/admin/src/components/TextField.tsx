import type { ReactNode } from 'react';
import { Field, TextInput } from '@strapi/design-system';

interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'email' | 'password' | 'number';
  hint?: ReactNode;
  error?: string;
  placeholder?: string;
  required?: boolean;
  autoComplete?: string;
}

/** A labelled line of text with its hint and error. Its label is its name and nothing else, without a star. */
export const TextField = ({ label, value, onChange, hint, error, required, ...input }: TextFieldProps) => (
  <Field.Root width="100%" hint={hint} error={error}>
    <Field.Label>{label}</Field.Label>
    <TextInput
      value={value}
      onChange={(event) => onChange(event.target.value)}
      spellCheck={false}
      aria-required={required}
      {...input}
    />
    <Field.Hint />
    <Field.Error />
  </Field.Root>
);
