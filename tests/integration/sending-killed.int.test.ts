import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { databasesOfTheSlow } from '../support/sending-matrix';
import { largeFile, startSendingScene } from '../support/sending-scene';
import type { Outgoing, SendingScene } from '../support/sending-scene';
import { describeWith } from '../support/services';
import type { SmtpPoint } from '../support/smtp-gate';

const sentOnce = { stage: 'filed', told: 'sent', taken: 1, delivered: 1, copies: 1 };
const asked = { stage: 'asked', told: 'asked', copies: 0 };

describe.each(databasesOfTheSlow)('S51, P2: killed while it sends, on %s', (database, needs) => {
  describeWith(needs, 'nothing is lost, nothing is delivered twice, and what is told is true', () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'email-connect-crash-'));
    const pointFile = path.join(dir, 'point');
    const dieAt = (point: string) => writeFileSync(pointFile, point);
    let stage: SendingScene;

    beforeAll(async () => {
      dieAt('');
      const preload = path.resolve(__dirname, '..', 'support', 'crash-sending-at.cjs');
      stage = await startSendingScene(database, {
        NODE_OPTIONS: `--require ${preload}`,
        CRASH_SENDING: pointFile,
      });
    }, 150_000);
    afterAll(async () => {
      await stage?.end();
      rmSync(dir, { recursive: true, force: true });
    });

    /** Dies by itself at this point; started again, what it had in hand is anybody's. */
    const diedAt = async (point: string): Promise<Outgoing> => {
      const subject = `Died ${point}`;
      dieAt(point);
      await stage.press(subject).catch(() => undefined);
      await stage.scene.strapi.ended();
      dieAt('');
      await stage.revive();
      return stage.find(subject);
    };

    /** Killed while a submission is held at this point. */
    const killedAt = async (point: SmtpPoint): Promise<Outgoing> => {
      const subject = `Killed ${point}`;
      stage.smtp.hold(point);
      const pressed = stage
        .press(subject, point === 'DATA' ? { file: largeFile() } : {})
        .catch(() => undefined);
      await stage.smtp.held();
      await stage.scene.strapi.kill9();
      stage.smtp.cut();
      await pressed;
      await stage.revive();
      return stage.find(subject);
    };

    it('before the claim: it is sent once', async () => {
      const mail = await diedAt('before-claim');
      await stage.advance(mail, 'filed');
      expect(await stage.whereabouts(mail)).toEqual(sentOnce);
      expect(await stage.view(mail)).toMatchObject({ attempts: 1 });
    });

    it.each<[string, SmtpPoint, number]>([
      ['at EHLO', 'EHLO', 0],
      ['within the message', 'DATA', 0],
      ['after the last byte, before the answer', 'answer', 1],
    ])('%s: looked for, then asked, and nothing goes out by itself', async (_where, point, delivered) => {
      const mail = await killedAt(point);
      expect(await stage.view(mail)).toMatchObject({ stage: 'submitting', attempts: 1 });
      expect(await stage.whereabouts(mail)).toMatchObject({ told: 'queued', delivered });
      await stage.endClaim(mail);
      await stage.advance(mail, 'asked');
      expect(await stage.whereabouts(mail)).toMatchObject({ ...asked, delivered });
      expect(await stage.view(mail)).toMatchObject({ attempts: 1, looks: 1, doubted: true });
      const answer = delivered === 0 ? 'send-again' : 'went-out';
      expect((await stage.settle(mail, answer)).status).toBe(200);
      await stage.untilStage(mail, 'filed');
      expect(await stage.whereabouts(mail)).toMatchObject({ ...sentOnce, taken: expect.any(Number) });
    });

    it('after the answer, before it was recorded: the same, and delivered once', async () => {
      const mail = await diedAt('before-record');
      expect(await stage.view(mail)).toMatchObject({ stage: 'submitting' });
      await stage.endClaim(mail);
      await stage.advance(mail, 'asked');
      expect(await stage.whereabouts(mail)).toEqual({ ...asked, taken: 1, delivered: 1 });
      expect((await stage.settle(mail, 'went-out')).status).toBe(200);
      await stage.untilStage(mail, 'filed');
      expect(await stage.whereabouts(mail)).toEqual(sentOnce);
    });

    it.each([
      ['between the search of Sent and the APPEND', 'before-append', 0],
      ['after the APPEND, before it was recorded', 'after-append', 1],
    ])('S9, while its copy is filed, %s: one copy', async (_where, point, copies) => {
      const mail = await diedAt(point);
      expect(await stage.whereabouts(mail)).toEqual({ ...sentOnce, stage: 'sent', copies });
      await stage.endClaim(mail);
      await stage.advance(mail, 'filed');
      expect(await stage.whereabouts(mail)).toEqual(sentOnce);
    });
  });
});
