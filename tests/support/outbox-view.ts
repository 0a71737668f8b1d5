import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Scene } from './scene';

const flag = z.union([z.boolean(), z.number()]).nullable().transform(Boolean);

/** As it stands in any of the three databases, whose drivers disagree on what a number is. */
const row = z.object({
  stage: z.string(),
  attempts: z.coerce.number(),
  looks: z.coerce.number().nullable(),
  doubted: flag,
  claimed_until: z.coerce.number(),
  next_attempt_at: z.coerce.number().nullable(),
  error_code: z.string().nullable(),
});
export type OutboxView = z.infer<typeof row>;

type Watched = Pick<Scene, 'rows' | 'run' | 'strapi'>;
const WAIT_MS = 60_000;

/** How a mail stands that was sent from here, which is shown to nobody. */
export const outboxViewOf = async (scene: Watched, messageDocumentId: string): Promise<OutboxView> => {
  const [found] = await scene.rows(
    `select stage, attempts, looks, doubted, claimed_until, next_attempt_at, error_code
     from email_connect_outbox where message_document_id = '${messageDocumentId}'`
  );
  return row.parse(found);
};

/** Lets the wait for the next step be over, unless somebody has the mail in hand. */
export const endWait = (scene: Watched, messageDocumentId: string): Promise<void> =>
  scene.run(
    `update email_connect_outbox set next_attempt_at = 0 where claimed_until = 0 and next_attempt_at is not null
       and message_document_id = '${messageDocumentId}'`
  );

/** Lets the claim of a process that died be over. */
export const endClaim = (scene: Watched, messageDocumentId: string): Promise<void> =>
  scene.run(
    `update email_connect_outbox set claimed_until = 0 where message_document_id = '${messageDocumentId}'`
  );

/** Resolves when the mail stands in one of these stages. */
export const untilStage = async (
  scene: Watched,
  messageDocumentId: string,
  ...stages: string[]
): Promise<OutboxView> => {
  for (const deadline = Date.now() + WAIT_MS; ; await sleep(50)) {
    const view = await outboxViewOf(scene, messageDocumentId);
    if (stages.includes(view.stage)) return view;
    if (Date.now() > deadline) {
      throw new Error(`It is not ${stages.join(' or ')}: ${JSON.stringify(view)}\n${scene.strapi.logs()}`);
    }
  }
};

/** Lets the time pass for this mail, step by step, until it stands in one of these stages. */
export const advance = async (
  scene: Watched,
  inboxDocumentId: string,
  messageDocumentId: string,
  ...stages: string[]
): Promise<OutboxView> => {
  for (const deadline = Date.now() + WAIT_MS; ; await sleep(100)) {
    const view = await outboxViewOf(scene, messageDocumentId);
    if (stages.includes(view.stage)) return view;
    if (Date.now() > deadline) {
      throw new Error(`It never was ${stages.join(' or ')}: ${JSON.stringify(view)}\n${scene.strapi.logs()}`);
    }
    await endWait(scene, messageDocumentId);
    await scene.strapi.admin.fetch('POST', `/email-connect/inboxes/${inboxDocumentId}/actions/sync`);
  }
};
