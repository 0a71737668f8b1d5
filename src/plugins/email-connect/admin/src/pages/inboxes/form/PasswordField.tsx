import { TextField } from '../../../components/kit/TextField';
import { useText } from '../../../hooks/use-text';
import type { EmptyPassword } from './inbox-draft';

interface PasswordFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What it stands for when it is left empty. */
  whenEmpty: EmptyPassword;
  isFault: boolean;
}

/** A password; of an edited inbox it says whether the stored one is kept, or has to be entered again (S43). */
export const PasswordField = ({ whenEmpty, isFault, ...field }: PasswordFieldProps) => {
  const text = useText();
  const words = {
    kept: { hint: text('form.password.keep'), fault: text('form.fault.password') },
    again: { hint: text('form.password.again'), fault: text('form.password.again') },
    none: { hint: undefined, fault: text('form.fault.password') },
  }[whenEmpty];
  return (
    <TextField
      type="password"
      hint={words.hint}
      error={isFault ? words.fault : undefined}
      autoComplete="new-password"
      required={whenEmpty !== 'kept'}
      {...field}
    />
  );
};
