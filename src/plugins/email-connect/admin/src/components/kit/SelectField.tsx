import { ChoiceField, type ChoiceFieldProps } from './ChoiceField';

/** A choice among a few; nothing where there is only one. */
export const SelectField = (props: Omit<ChoiceFieldProps, 'placeholder'>) =>
  props.options.length < 2 ? null : <ChoiceField {...props} />;
