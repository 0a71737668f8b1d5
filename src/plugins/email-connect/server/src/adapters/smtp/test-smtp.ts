import { dial, handshake, judge } from '../../net/probe-server';
import { runStep } from '../../net/run-step';
import { networkErrors } from '../../net/secure-route';
import type { ConnectionStep, ServerAccess } from '../../ports';
import { connectSmtp, routeOf } from './connect';
import type { SmtpLimits } from './options';

/** Reach, TLS, login, each reported as it runs and ends. No mail is sent. */
export const testSmtp = async (
  access: ServerAccess,
  limits: SmtpLimits,
  onStep: (step: ConnectionStep) => void
): Promise<void> => {
  const route = routeOf(access, limits);
  const socket = await runStep(onStep, 'smtp-reach', () => networkErrors(route, () => dial(route)));
  await runStep(
    onStep,
    'smtp-tls',
    async () => {
      const probe = await networkErrors(route, () => handshake(socket, route));
      const refusal = judge(probe, access);
      if (refusal) throw refusal;
      return probe;
    },
    ({ tlsVersion }) => tlsVersion
  );
  const submission = await runStep(onStep, 'smtp-login', () => connectSmtp(access, limits));
  submission.close();
};
