import { click } from '../../support/browser-mouse';
import { fillForm } from './connecting';
import { jonas } from './people';
import { takePicture } from './picture';
import type { Stage } from './stage';

const title = 'Who else sees this mail';

/** How much others see is chosen where an inbox is connected. */
export const levelsAtConnectTests = (stage: () => Stage): void => {
  test('S42: whoever connects an inbox chooses it there, where it stands as the site says', async () => {
    const { page, open, mail, scene } = stage();
    await open('/plugins/email-connect/inboxes/connect');
    await fillForm(page, jonas, mail);
    const section = page.getByRole('region', { name: title, exact: true });
    expect(await section.getByRole('radio', { name: 'Everything', exact: true }).isChecked()).toBe(true);
    await click(page.getByRole('button', { name: 'Test the connection', exact: true }));
    await page.getByText('The connection works.').waitFor();
    await click(section.getByRole('radio', { name: 'Private', exact: true }));
    await takePicture(page, 'levels-connect', title);
    await click(page.getByRole('checkbox', { name: 'I agree' }));
    await click(page.getByRole('button', { name: 'Connect', exact: true }));
    await page.getByRole('heading', { name: jonas.address }).waitFor();
    expect(await section.getByRole('radio', { name: 'Private', exact: true }).isChecked()).toBe(true);
    const documentId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    expect((await scene.crm.readInbox(documentId)).level).toBe('private');
  });
};
