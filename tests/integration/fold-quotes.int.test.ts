import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sanitizeHtml } from '../../src/plugins/email-connect/server/src/adapters/mime/sanitize-html';
import { openBrowser } from '../support/browser';
import type { OpenBrowser } from '../support/browser';
import { browserModule } from '../support/browser-module';
import { addressOf, describeWith } from '../support/services';

const pages = path.resolve(__dirname, '../../src/plugins/email-connect/admin/src/pages');
const label = 'Show what was quoted';

interface Folded {
  /** The text that stays open, the text under the fold, and all text before it was folded: each without blanks. */
  open: string;
  folded: string;
  all: string;
  images: [before: number, after: number];
}

/** HTML of a mail as the panel gets it, folded by Chromium. */
const foldIn = async ({ page }: OpenBrowser, html: string): Promise<Folded> => {
  const clean = sanitizeHtml(html);
  return page.evaluate<Folded>(`(() => {
    const parse = (html) => new DOMParser().parseFromString(html, 'text/html').body;
    const words = (node) => (node?.textContent ?? '').replace(/\\s+/g, '');
    const before = parse(${JSON.stringify(clean)});
    const after = parse(foldQuotes(${JSON.stringify(clean)}, ${JSON.stringify(label)}));
    const images = [before.querySelectorAll('img').length, after.querySelectorAll('img').length];
    const details = after.querySelector('details.quoted-history');
    details?.querySelector('summary').remove();
    details?.remove();
    return { open: words(after), folded: words(details), all: words(before), images };
  })()`);
};

/** Opens a blank page that knows `foldQuotes`; closes it after the suite. */
const withBrowser = (): (() => OpenBrowser) => {
  let browser: OpenBrowser | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
    const module = browserModule(path.join(pages, 'threads', 'fold-quotes.ts'));
    await browser.page.addScriptTag({ content: `globalThis.foldQuotes = ${module}.foldQuotes;` });
  });
  afterAll(async () => browser?.close());
  return () => {
    if (browser === undefined) throw new Error('The browser is not open.');
    return browser;
  };
};

const fold = '<p>Shall we?</p>';
const header =
  '<p><b>From:</b> Ann &lt;ann@x.example&gt;<br><b>Sent:</b> Monday<br><b>To:</b> Bob<br><b>Subject:</b> Offer</p>';

const folds: [program: string, html: string][] = [
  [
    'Gmail',
    `<div>Yes.</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon, Ann wrote:</div><blockquote class="gmail_quote">${fold}</blockquote></div>`,
  ],
  [
    'Apple Mail',
    `Yes.<br><div><br><blockquote type="cite"><div>On 23 Nov 2026, at 10:05, Ann wrote:</div>${fold}</blockquote></div><br>`,
  ],
  [
    'a quote of an unknown program',
    `<p>Yes.</p><p>On 23 Nov 2026 at 10:05, Ann wrote:</p><blockquote>${fold}</blockquote>`,
  ],
  [
    'an introduction in the paragraph of the answer',
    `<p>Yes.<br><br>On 23 Nov 2026 at 10:05, Ann wrote:</p><blockquote>${fold}</blockquote>`,
  ],
  [
    'Thunderbird',
    `Yes.<br><div class="moz-cite-prefix">On 23 Nov 2026, Ann wrote:<br></div><blockquote type="cite" cite="mid:1@x">${fold}</blockquote>`,
  ],
  ['Yahoo', `<div>Yes.</div><div class="yahoo_quoted"><div>On Monday, Ann wrote:</div>${fold}</div>`],
  [
    'Proton',
    `Yes.<div class="protonmail_quote">On Monday, Ann wrote:<blockquote type="cite">${fold}</blockquote></div>`,
  ],
  [
    'GMX',
    `<div>Yes.<div name="quote" style="border-left:2px solid #C3D9E5"><div><b>Von:</b> Ann</div>${fold}</div></div>`,
  ],
  [
    'Outlook on the web',
    `<div>Yes.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">${header}</div>${fold}<p>Ann</p>`,
  ],
  [
    'Outlook',
    `<div class="WordSection1"><p>Yes.</p><div><div style="border:none;border-top:solid #B5C4DF 1.0pt">${header}</div></div>${fold}<p>Ann</p></div>`,
  ],
  [
    'Outlook in German',
    `<p>Ja.</p><div style="border-top:solid"><p><b>Von:</b> Ann<br><b>Gesendet:</b> Montag<br><b>An:</b> Bob<br><b>Betreff:</b> Angebot</p></div>${fold}`,
  ],
  [
    'Outlook, fields in a table',
    `<p>Yes.</p><table><tr><td>From:</td><td>Ann</td></tr><tr><td>Sent:</td><td>Monday</td></tr><tr><td>Subject:</td><td>Offer</td></tr></table>${fold}`,
  ],
  [
    'Hotmail',
    `<div>Yes.<br><br><div><hr id="stopSpelling">Date: Mon, 23 Nov 2026<br>Subject: Offer<br>From: ann@x.example<br>To: bob@y.example<br><br>${fold}</div></div>`,
  ],
  ['a marker', `<p>Yes.</p><p>-----Original Message-----</p>${fold}`],
];

const answered: [name: string, html: string][] = [
  ['an answer below a quote', `<p>Hi.</p><blockquote type="cite">${fold}</blockquote><p>Yes.</p>`],
  [
    'a picture below a quote',
    `<p>Hi.</p><blockquote type="cite">${fold}</blockquote><img src="cid:1@x" alt="">`,
  ],
  [
    'an answer below a quote that holds another',
    `<p>Hi.</p><blockquote type="cite">${header}${fold}</blockquote><p>Yes.</p>`,
  ],
  ['nothing but a quote', `<blockquote type="cite">${fold}</blockquote>`],
  [
    'nothing but a forwarded mail',
    `<div class="gmail_quote">---------- Forwarded message ---------${fold}</div>`,
  ],
  ['a quote that is cited', '<p>As they say:</p><blockquote>To be or not to be.</blockquote>'],
  ['no quote', '<p>From: Berlin</p><p>To: Paris</p>'],
  ['nothing', ''],
];

describeWith('chromium', 'quoted HTML in the panel', () => {
  const browser = withBrowser();

  it.each(folds)('is folded whole, and nothing else is: %s', async (_program, html) => {
    const { open, folded, all, images } = await foldIn(browser(), html);
    expect(open).toMatch(/^(?:Yes|Ja)\.$/);
    expect(folded).toContain('Shallwe?');
    expect(`${open}${folded}`).toBe(all);
    expect(images[1]).toBe(images[0]);
  });

  it.each(answered)('stays open: %s', async (_name, html) => {
    const { open, folded, all } = await foldIn(browser(), html);
    expect([open, folded]).toEqual([all, '']);
  });

  it('is folded at the end where the quotes above are answered', async () => {
    const quote = (text: string) => `<blockquote type="cite"><p>${text}</p></blockquote>`;
    const html = `<p>Hi.</p>${quote('A?')}<p>Yes.</p>${quote('B?')}<p>No.</p>${quote('Ann')}`;
    const { open, folded } = await foldIn(browser(), html);
    expect([open, folded]).toEqual(['Hi.A?Yes.B?No.', 'Ann']);
  });

  it('S24: nothing is loaded or run by folding', async () => {
    await foldIn(
      browser(),
      '<p>Hi.</p><img src="https://x.example/a.png"><blockquote type="cite">a</blockquote>'
    );
    expect(browser().complaints).toEqual([]);
  });
});

describeWith(['chromium', 'corpus'], 'quoted HTML of real mail in the panel', () => {
  const browser = withBrowser();
  const folder = path.join(addressOf('corpus'), 'quoted-replies', 'talon', 'html');

  it.each(readdirSync(folder))('is folded, and the answer stays: %s', async (file) => {
    const { open, folded, all } = await foldIn(browser(), readFileSync(path.join(folder, file), 'utf8'));
    expect(open).toBe('Hi.Iamfine.Thanks,Alex');
    expect(folded).toContain('Hello!Howareyou?');
    expect(`${open}${folded}`).toBe(all);
  });
});
