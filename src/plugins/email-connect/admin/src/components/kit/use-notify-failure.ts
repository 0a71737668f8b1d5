import { useNotification } from '@strapi/strapi/admin';
import { toProblem } from '../../api/problem';
import { useText } from '../../hooks/use-text';
import { problemWords } from './ProblemNotice';

/** Notifies the user why something failed, and what to do next. */
export const useNotifyFailure = (): ((error: unknown) => void) => {
  const text = useText();
  const { toggleNotification } = useNotification();
  return (error) => {
    const { message, nextStep } = problemWords(toProblem(error), text);
    toggleNotification({ type: 'danger', message: `${message} ${nextStep}` });
  };
};
