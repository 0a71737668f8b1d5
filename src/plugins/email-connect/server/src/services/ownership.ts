import type { Core } from '@strapi/strapi';
import type { InboxAnswer } from '../../../shared/contracts/inbox';
import type {
  JudgeAddressRequest,
  NamedChoice,
  NameOthersRequest,
  Ownership,
} from '../../../shared/contracts/ownership';
import { nameUsers } from '../domain/inbox/named';
import type { Inbox } from '../domain/inbox/inbox';
import type { Ports } from '../ports';
import { handOver, judgeAddress, nameOthers } from '../use-cases/connecting';
import { wiringOf } from '../wiring';
import { assertManages, inboxToChange } from './actor';
import type { Actor } from './actor';
import { inboxAnswer } from './inbox-answer';

/**
 * Whose an inbox is, and who uses it besides (w70). Rejects with NOT_ALLOWED for everybody but its owner and users who
 * manage all inboxes.
 */
export const ownership = ({ strapi }: { strapi: Core.Strapi }) => {
  const ports = () => wiringOf(strapi).ports;
  return {
    async read(documentId: string, actor: Actor): Promise<Ownership> {
      return ownershipOf(ports(), await inboxToChange(ports(), documentId, actor, 'inbox.ownership-read'));
    },
    async nameOthers(documentId: string, { named }: NameOthersRequest, actor: Actor): Promise<Ownership> {
      const inbox = await inboxToChange(ports(), documentId, actor, 'inbox.shared');
      return ownershipOf(ports(), await nameOthers(ports(), inbox, named, actor.documentId));
    },
    /** Managers say whether its address is the team's; nobody else, and the owner least of all (w51). */
    async judgeAddress(documentId: string, judged: JudgeAddressRequest, actor: Actor): Promise<InboxAnswer> {
      await assertManages(ports(), documentId, actor, 'inbox.address-confirmed');
      return inboxAnswer(ports(), await judgeAddress(ports(), documentId, judged, actor.documentId), actor);
    },
    /** The one who hands it over may not be allowed to see whose it is afterwards. */
    async handOver(documentId: string, ownerDocumentId: string, actor: Actor): Promise<void> {
      const inbox = await inboxToChange(ports(), documentId, actor, 'inbox.handed-over');
      await handOver(ports(), inbox, ownerDocumentId, actor.documentId);
    },
  };
};

const ownershipOf = async (
  { inboxes, people }: Pick<Ports, 'inboxes' | 'people'>,
  { documentId, ownerDocumentId }: Inbox
): Promise<Ownership> => {
  const users = await people.users();
  const names = nameUsers(users);
  const everybody: (NamedChoice & { isActive: boolean })[] = [
    ...users.map((user) => ({ ...user, kind: 'user' as const, name: names.get(user.documentId) ?? '' })),
    ...(await people.roles()).map((role) => ({
      ...role,
      kind: 'role' as const,
      mayOwn: false,
      isActive: true,
    })),
  ];
  const named = new Set((await inboxes.namedOn(documentId)).map(keyOf));
  const owner = everybody.find((one) => one.kind === 'user' && one.documentId === ownerDocumentId);
  return {
    owner: owner ? { documentId: owner.documentId, name: owner.name, isActive: owner.isActive } : null,
    named: everybody.filter((one) => named.has(keyOf(one))).map(asChoice),
    choices: everybody.filter((one) => one !== owner && one.isActive).map(asChoice),
  };
};

const keyOf = ({ kind, documentId }: Pick<NamedChoice, 'kind' | 'documentId'>): string =>
  `${kind} ${documentId}`;

const asChoice = ({ kind, documentId, name, mayOwn }: NamedChoice): NamedChoice => ({
  kind,
  documentId,
  name,
  mayOwn,
});
