import type { ReactNode } from 'react';
import { Field, Flex, TextInput } from '@strapi/design-system';

interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  name?: string;
  type?: 'text' | 'email' | 'password' | 'number' | 'date';
  hint?: ReactNode;
  /** Stands at the right of the label. */
  labelAction?: ReactNode;
  error?: string;
  placeholder?: string;
  required?: boolean;
  autoComplete?: string;
}

/** A labelled line of text with its hint and error. Its accessible name is the label alone, without a star. */
export const TextField = ({
  label,
  value,
  onChange,
  hint,
  labelAction,
  error,
  required,
  ...input
}: TextFieldProps) => (
  <Field.Root width="100%" hint={hint} error={error}>
    <Flex justifyContent="space-between" gap={3}>
      <Field.Label>{label}</Field.Label>
      {labelAction}
    </Flex>
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
