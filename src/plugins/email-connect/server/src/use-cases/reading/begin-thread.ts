import { domainOf } from '../../domain/address/address';
import { mintThreadToken } from '../../domain/identification/mint';
import { newThreadIndex } from '../../domain/identification/thread-index';
import type { ThreadToBegin } from '../../domain/logging/verdict';
import type { BegunThread, Ports } from '../../ports';

type MintPorts = Pick<Ports, 'random' | 'secrets'>;

/** A new thread with the token and the Thread-Index root that later mail sent from it carries (b.1). */
export const beginThread = (
  ports: MintPorts,
  inboxAddress: string,
  at: Date,
  thread: ThreadToBegin
): BegunThread => ({
  ...thread,
  threadToken: mintThreadToken({
    at,
    random: ports.random.bytes(10),
    domain: domainOf(inboxAddress),
    sign: ports.secrets.sign,
  }),
  threadIndexRoot: newThreadIndex(at, ports.random.bytes(16)).rootHex,
});
