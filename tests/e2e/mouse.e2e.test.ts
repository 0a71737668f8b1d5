import { openBrowser } from '../support/browser';
import type { OpenBrowser } from '../support/browser';
import { click, clickInFrame } from '../support/browser-mouse';
import { describeWith } from '../support/services';

const button = '<button style="margin: 100px" onclick="this.textContent = \'clicked\'">Send</button>';

describeWith('chromium', 'the mouse of these suites', () => {
  let browser: OpenBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  }, 30_000);

  afterAll(() => browser.close());

  const clickSend = async (html: string, patienceMs?: number): Promise<string> => {
    const { page } = browser;
    await page.setContent(html);
    await page.mouse.move(0, 0);
    const target = page.getByRole('button');
    await click(target, patienceMs);
    return target.innerText();
  };

  it('travels to its target and presses it', async () => {
    expect(await clickSend(button)).toBe('clicked');
  });

  it('brings into view what is below the window', async () => {
    expect(await clickSend(`<div style="height: 3000px"></div>${button}`)).toBe('clicked');
  });

  it('names what appears over its target while it travels there', async () => {
    const appearing = `<style>#bar { display: none } body:hover:not(:has(button:hover)) #bar, #bar:hover { display: block }</style>
      ${button}<div id="bar" style="position: fixed; inset: 0"></div>`;

    await expect(clickSend(appearing, 200)).rejects.toThrow(
      /^The mouse does not get at getByRole\('button'\): there lies <div id="bar"/
    );
  });

  it('waits for what goes away, for what moves, and for what is disabled', async () => {
    const waiting = `<style>@keyframes arrive { from { transform: translateX(500px) } }
        button { animation: arrive 0.3s } #toast { position: fixed; inset: 0 }</style>
      ${button.replace('<button', '<button disabled')}<div id="toast"></div>
      <script>
        setTimeout(() => document.querySelector('button').disabled = false, 200);
        setTimeout(() => document.querySelector('#toast').remove(), 500);
      </script>`;

    expect(await clickSend(waiting)).toBe('clicked');
  });

  it('takes the label of a field for the field', async () => {
    const { page } = browser;
    await page.setContent(
      '<label style="position: relative"><input type="checkbox"><b style="position: absolute; inset: 0">Yes</b></label>'
    );
    await click(page.getByRole('checkbox'));
    expect(await page.getByRole('checkbox').isChecked()).toBe(true);
  });

  it('reaches into a frame where scripts are forbidden', async () => {
    const { page } = browser;
    await page.setContent(
      '<iframe sandbox="allow-same-origin" srcdoc="<details><summary>Quoted text</summary>Hello</details>"></iframe>'
    );
    const frame = page.locator('iframe');
    await clickInFrame(frame, frame.contentFrame().getByText('Quoted text'));
    await frame.contentFrame().getByText('Hello').waitFor();
    expect(browser.complaints).toEqual([]);
  });
});
