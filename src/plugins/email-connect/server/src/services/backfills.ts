import type { Core } from '@strapi/strapi';
import type { BackfillProgress, BackfillAction, BackfillAnswer } from '../../../shared/contracts/backfill';
import type { Backfill } from '../domain/sync/backfill';
import { changeBackfill, requestBackfill } from '../use-cases/backfill';
import { wiringOf } from '../wiring';
import { assertMayChange } from './actor';
import type { Actor } from './actor';

/** Backfills. Rejects with NOT_ALLOWED for everybody but the inbox's owner and users who manage all inboxes. */
export const backfills = ({ strapi }: { strapi: Core.Strapi }) => {
  const portsFor = async (documentId: string, actor: Actor, action: string) => {
    const { ports } = wiringOf(strapi);
    await assertMayChange(ports, documentId, actor, action);
    return ports;
  };

  return {
    async read(documentId: string, actor: Actor): Promise<BackfillAnswer> {
      const ports = await portsFor(documentId, actor, 'backfill.read');
      return { backfill: shown(await ports.backfills.load(documentId)) };
    },
    async begin(documentId: string, since: string, actor: Actor): Promise<BackfillAnswer> {
      const ports = await portsFor(documentId, actor, 'backfill.requested');
      return {
        backfill: shown(await requestBackfill(ports, documentId, new Date(since), actor.documentId)),
      };
    },
    async act(documentId: string, action: BackfillAction, actor: Actor): Promise<BackfillAnswer> {
      const ports = await portsFor(documentId, actor, `backfill.${action}`);
      return { backfill: shown(await changeBackfill(ports, documentId, action, actor.documentId)) };
    },
  };
};

/** Without the place in each folder, which is internal. */
const shown = (backfill: Backfill | null): BackfillProgress | null => {
  if (!backfill) return null;
  const { since, state, startedAt, endedAt, total, scanned, logged, bytesToday, dailyBytes } = backfill;
  return { since, state, startedAt, endedAt, total, scanned, logged, bytesToday, dailyBytes };
};
