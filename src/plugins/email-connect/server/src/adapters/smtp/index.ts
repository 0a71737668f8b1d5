import type { Smtp } from '../../ports';
import { readOptions } from './options';
import type { SmtpOptions } from './options';
import { submitMessage } from './submit-message';
import { testSmtp } from './test-smtp';

/**
 * Submission over nodemailer's SMTP connection: with our bytes and our envelope; nodemailer composes and changes
 * nothing.
 */
export const createSmtp = (options: SmtpOptions = {}): Smtp => {
  const limits = readOptions(options);
  return {
    submit: (access, envelope, source, signal) => submitMessage(access, limits, envelope, source, signal),
    test: (access, signal, onStep) => testSmtp(access, limits, signal, onStep),
  };
};
