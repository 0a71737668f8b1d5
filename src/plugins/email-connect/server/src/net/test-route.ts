import type { ConnectionStep, ServerAccess } from '../ports';
import { dial, handshake, judge } from './probe-server';
import type { Route } from './probe-server';
import { runStep } from './run-step';
import { networkErrors } from './secure-route';

/**
 * The first two steps of a connection test, `<protocol>-reach` and `<protocol>-tls`, on a connection of their own, so
 * that a failure is named exactly. Rejects with the reason why this server could not be reached or is not trusted.
 */
export const testRoute = async (
  protocol: 'imap' | 'smtp',
  route: Route,
  access: ServerAccess,
  onStep: (step: ConnectionStep) => void
): Promise<void> => {
  const socket = await runStep(onStep, `${protocol}-reach`, () => networkErrors(route, () => dial(route)));
  await runStep(
    onStep,
    `${protocol}-tls`,
    async () => {
      const probe = await networkErrors(route, () => handshake(socket, route));
      const refusal = judge(probe, access);
      if (refusal) throw refusal;
      return probe;
    },
    ({ tlsVersion }) => tlsVersion
  );
};
