import { htmlToText } from './html-to-text';
import { limitHtml } from './limit-html';
import { sanitizeHtml } from './sanitize-html';
import { HEAD, memoryStorage, messageOf, parse } from './test-support';
import { parseMessage } from './parse-message';

const html = (...body: string[]) => [...HEAD, 'Content-Type: text/html; charset=utf-8', '', ...body];
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
const ROW = '<table><tr><td><div style="color:red"><p>row</p></div></td></tr></table>';

describe('c56: HTML in the wild', () => {
  it('c56: no script comes through, its text neither', async () => {
    const message = await parse(
      html('<p onclick="x()">Hi</p><script>alert(1)</script><a href="javascript:x()">y</a>')
    );
    expect(message.html).toBe('<p>Hi</p><a>y</a>');
    expect(message.text).toBe('Hi\n\ny');
  });

  it.each([
    ['position:fixed', 'position:fixed;top:0;left:0'],
    ['position:fixed, in capitals and with a comment', 'POSITION : /**/ FIXED'],
    ['position:fixed, escaped', 'p\\6fsition:fixed'],
    ['z-index and transform', 'z-index:99999;transform:translate(-100px)'],
    ['negative margins', 'margin-top:-500px'],
    ['a remote image', 'background-image:url(https://t.example/p.gif)'],
    ['a variable', '--a:fixed;position:var(--a)'],
  ])('c56: a style that leaves its place or loads is dropped: %s', async (_, style) => {
    const message = await parse(html(`<div style="${style};color:red">x</div>`));
    expect(message.html).toBe('<div style="color:red">x</div>');
  });

  it.each([
    ['an attribute of 1 MB', `<p style="${'color:red;'.repeat(100_000)}">the text</p>`],
    ['a value of 1 MB', `<p style="color:${'rgb('.repeat(250_000)}">the text</p>`],
    ['quotes without end', `<p style="${"font-family:'a'b'".repeat(10_000)}">the text</p>`],
    ['a style element of 1 MB', `<style>${'*{'.repeat(500_000)}</style><p>the text</p>`],
    ['25,000 styled elements', `${'<i style="color:red;width:1px">x</i>'.repeat(25_000)}<p>the text</p>`],
  ])('c56: a style bomb, %s: the text comes through', async (_, body) => {
    const limits = memoryStorage({ textBytes: 2_000_000 });
    const message = await parseMessage(messageOf(html(body), 'utf8', 50_000), limits);
    expect(message.html).toContain('the text');
    expect(message.text).toContain('the text');
  });

  it('c56: remote images are blocked, in every way to name them', async () => {
    const images = [
      '<img src="https://t.example/1.gif">',
      '<img src="//t.example/2.gif" srcset="https://t.example/3.gif 2x">',
      '<picture><source srcset="https://t.example/4.webp"></picture>',
      '<table background="https://t.example/5.gif"><tr><td>x</td></tr></table>',
      '<input type="image" src="https://t.example/6.gif">',
      '<video poster="https://t.example/7.gif"></video>',
    ];
    const message = await parse(html(...images));
    expect(message.html).not.toMatch(/\s(?:src|srcset|background|poster)=/);
    expect(count(message.html, /data-src="https:/g)).toBe(2);
  });

  it('c56: 570 KB of nested tables keep their text', async () => {
    const depth = Math.floor(570_000 / (ROW.length + 20));
    const body =
      '<table><tr><td>'.repeat(depth) +
      `${ROW}the text` +
      '</td></tr></table>'.repeat(depth) +
      ROW.repeat(depth);
    expect(body.length).toBeGreaterThan(570_000);
    const message = await parseMessage(
      messageOf(html(body), 'utf8', 50_000),
      memoryStorage({ textBytes: 2_000_000 })
    );
    expect(message.html).toContain('the text');
    expect(message.text).toContain('the text');
    expect(count(message.html, /row/g)).toBe(depth + 1);
  });

  it('c56: 100,000 nested div are bounded before the sanitiser sees them', () => {
    const limited = limitHtml(`${'<div>'.repeat(100_000)}the text${'</div>'.repeat(100_000)}`);
    expect(count(limited, /<div>/g)).toBe(256);
    expect(limited).toContain('the text');
    expect(count(sanitizeHtml(limited), /<div>/g)).toBe(256);
  });

  it('c56: 100,000 nested div come through the whole parser with their text', async () => {
    const body = `${'<div>'.repeat(100_000)}the text${'</div>'.repeat(100_000)}`;
    const message = await parseMessage(
      messageOf(html(body), 'utf8', 50_000),
      memoryStorage({ textBytes: 2_000_000 })
    );
    expect(message).toMatchObject({ text: 'the text', parsedAs: 'mime' });
    expect(count(message.html, /<div>/g)).toBe(256);
  });

  it('c56: tags of any name nested 100,000 deep are bounded', () => {
    expect(count(limitHtml('<x-y>'.repeat(100_000)), /<x-y>/g)).toBe(256);
    expect(htmlToText(`${'<b>'.repeat(100_000)}the text`)).toBe('the text');
  });
});
