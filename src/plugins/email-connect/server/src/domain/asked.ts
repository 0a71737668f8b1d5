import { EmailConnectError } from './errors';

const TOO_FEW =
  'Try again in a few minutes. If it stays, the mailbox allows too few connections at once: one is always open to read it, and other mail programs have theirs.';

const nextSteps: Readonly<Record<string, string>> = {
  LOGIN_THROTTLED: TOO_FEW,
  SERVER_THROTTLED: TOO_FEW,
  CONNECTION_LOST: 'Try again. If it stays, ask who runs the mail server.',
};

/** The next step after what a person asked for: unlike reading and sending, it is not tried again by itself. */
export const nextStepInAnswer = ({ code, nextStep }: { code: string; nextStep: string }): string =>
  nextSteps[code] ?? nextStep;

/** The same failure, with the next step for a person who asked. */
export const inAnswer = (failure: EmailConnectError): EmailConnectError => {
  const { code, message, detail, retryAfterMs } = failure;
  const nextStep = nextStepInAnswer(failure);
  return nextStep === failure.nextStep
    ? failure
    : new EmailConnectError(code, message, nextStep, detail, { cause: failure, retryAfterMs });
};
