import { setTimeout as sleep } from 'node:timers/promises';
import { startMailScene } from '../support/mail-scene';
it('x', async () => {
  const mail = await startMailScene();
  await mail.send('One');
  await mail.scene.crm.connectInbox({ ...mail.form, address: 'uma2@crm.test' });
  for (let i = 0; i < 20; i++) {
    const b = await mail.readInbox();
    console.log(b.state, b.stateCode, b.stateReason);
    await sleep(100);
  }
  console.log(mail.scene.strapi.logs().split('\n').filter((l) => /warn|error/.test(l)).join('\n'));
  await mail.end();
}, 60000);
