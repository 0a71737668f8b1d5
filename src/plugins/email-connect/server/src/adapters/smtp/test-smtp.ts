import { runStep } from '../../net/run-step';
import { testRoute } from '../../net/test-route';
import type { ConnectionStep, ServerAccess } from '../../ports';
import { connectSmtp, routeOf } from './connect';
import type { SmtpLimits } from './options';

/** Reach, TLS, login, each reported as it runs and ends. No mail is sent. */
export const testSmtp = async (
  access: ServerAccess,
  limits: SmtpLimits,
  signal: AbortSignal,
  onStep: (step: ConnectionStep) => void
): Promise<void> => {
  await testRoute('smtp', routeOf(access, limits, signal), access, onStep);
  const submission = await runStep(onStep, 'smtp-login', () => connectSmtp(access, limits, signal));
  submission.close();
};
