import { startSendingScene, largeFile } from '../support/sending-scene';
import type { SendingScene } from '../support/sending-scene';
import type { SmtpPoint } from '../support/smtp-gate';
import { describeWith } from '../support/services';

/** Held within a message, its sender must still be writing. */
const within = (point: SmtpPoint) => (point === 'DATA' ? { file: largeFile() } : {});

/** One submission, delivered and filed once. */
const sentOnce = { stage: 'filed', told: 'sent', taken: 1, delivered: 1, copies: 1 };

describeWith(['dovecot', 'postfix'], 'S51: sending through a real Postfix', () => {
  let stage: SendingScene;

  beforeAll(async () => {
    stage = await startSendingScene();
  }, 150_000);
  afterAll(() => stage?.end());

  it('S8, S9: a mail is taken, delivered and filed once', async () => {
    const mail = await stage.send('Well');
    expect(mail.deliveryStatus).toBe('sent');
    await stage.untilStage(mail, 'filed');
    expect(await stage.whereabouts(mail)).toEqual(sentOnce);
  });

  it.each<[string, SmtpPoint]>([
    ['at EHLO', 'EHLO'],
    ['within the message', 'DATA'],
    ['before its answer to the message', 'answer'],
  ])('a server that hangs %s: who pressed hears "waiting", and it is sent once', async (_where, point) => {
    stage.smtp.hold(point);
    const mail = await stage.send(`Hangs ${point}`, within(point));
    expect(mail.deliveryStatus).toBe('queued');
    await stage.smtp.held();
    expect(await stage.view(mail)).toMatchObject({ stage: 'submitting', attempts: 1 });
    stage.smtp.release();
    await stage.untilStage(mail, 'filed');
    expect(await stage.whereabouts(mail)).toEqual(sentOnce);
  });

  it.each<[string, SmtpPoint]>([
    ['at EHLO', 'EHLO'],
    ['before the last byte', 'DATA'],
  ])('a connection that is cut %s: nothing went out, and it goes out once later', async (_where, point) => {
    stage.smtp.hold(point);
    const pressed = stage.send(`Cut ${point}`, within(point));
    await stage.smtp.held();
    stage.smtp.cut();
    const mail = await pressed;
    expect(mail.deliveryStatus).toBe('queued');
    expect(await stage.untilStage(mail, 'queued')).toMatchObject({
      attempts: 1,
      error_code: 'CONNECTION_LOST',
    });
    expect(await stage.whereabouts(mail)).toMatchObject({ told: 'queued', delivered: 0, copies: 0 });
    await stage.advance(mail, 'filed');
    expect(await stage.whereabouts(mail)).toMatchObject({ ...sentOnce, taken: expect.any(Number) });
  });

  describe('a connection that is cut after the last byte, before the answer', () => {
    const cut = async (subject: string) => {
      stage.smtp.hold('answer');
      const pressed = stage.send(subject);
      await stage.smtp.held();
      stage.smtp.cut();
      const mail = await pressed;
      expect(mail.deliveryStatus).toBe('unknown');
      const view = await stage.advance(mail, 'asked');
      expect(view).toMatchObject({ attempts: 1, looks: 1, next_attempt_at: null });
      const asked = { ...sentOnce, stage: 'asked', told: 'asked', copies: 0 };
      expect(await stage.whereabouts(mail)).toEqual(asked);
      return mail;
    };

    it('"it went out": sent, and filed', async () => {
      const mail = await cut('Went out');
      expect((await stage.settle(mail, 'went-out')).status).toBe(200);
      await stage.untilStage(mail, 'filed');
      expect(await stage.whereabouts(mail)).toEqual(sentOnce);
      expect((await stage.settle(mail, 'send-again')).status).toBe(409);
    });

    it('"it did not": ended, and never again', async () => {
      const mail = await cut('Did not');
      expect((await stage.settle(mail, 'did-not')).status).toBe(200);
      expect(await stage.whereabouts(mail)).toEqual({
        ...sentOnce,
        stage: 'ended',
        told: 'failed',
        copies: 0,
      });
      expect((await stage.settle(mail, 'send-again')).status).toBe(409);
    });

    it('"send again": a person chose it, the same Message-ID goes out again, and one copy is filed', async () => {
      const mail = await cut('Again');
      expect((await stage.settle(mail, 'send-again')).status).toBe(200);
      await stage.untilStage(mail, 'filed');
      expect(await stage.whereabouts(mail)).toEqual({ ...sentOnce, taken: 2, delivered: 2 });
    });

    it('found in Sent, where some server filed it: sent, and no second copy', async () => {
      stage.smtp.hold('answer');
      const pressed = stage.send('Found');
      await stage.smtp.held();
      stage.smtp.cut();
      const mail = await pressed;
      await stage.fileByServer(mail);
      await stage.advance(mail, 'filed');
      expect(await stage.whereabouts(mail)).toEqual(sentOnce);
    });
  });

  it('the same press again, at any time, is the same mail', async () => {
    const key = 'pressed-again-and-again';
    stage.smtp.hold('EHLO');
    const first = await stage.send('Pressed', { key });
    const second = await stage.send('Pressed', { key });
    expect(second).toEqual(first);
    stage.smtp.release();
    await stage.untilStage(first, 'filed');
    expect(await stage.send('Pressed', { key })).toEqual({ ...first, deliveryStatus: 'sent' });
    expect(await stage.whereabouts(first)).toEqual(sentOnce);
    expect((await stage.press('Other words', { key })).status).toBe(409);
  });
});
