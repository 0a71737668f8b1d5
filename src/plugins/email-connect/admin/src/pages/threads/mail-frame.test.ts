import { guessFrameHeightPx, hasRemoteImages, isPlainHtml, mailFrameDocument } from './mail-frame';

describe('mailFrameDocument', () => {
  const page = mailFrameDocument('<p id="mail">Hi</p>');

  it('S24: the policy stands before the mail and allows neither scripts nor remote images', () => {
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page);
    expect(policy?.[1]).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    );
    expect(policy?.index).toBeLessThan(page.indexOf('<p id="mail">'));
  });

  it('S24: only the character set stands before the policy', () => {
    expect(page.slice(0, page.indexOf('<meta http-equiv'))).toBe(
      '<!doctype html><html><head><meta charset="utf-8">'
    );
  });
});

describe('guessFrameHeightPx', () => {
  it('grows with the text between its limits', () => {
    expect(guessFrameHeightPx('Hi')).toBe(42);
    expect(guessFrameHeightPx('line\n'.repeat(10))).toBe(210);
    expect(guessFrameHeightPx('line\n'.repeat(500))).toBe(420);
  });

  it('counts the lines into which a long line breaks', () => {
    expect(guessFrameHeightPx('x'.repeat(900))).toBe(210);
  });
});

describe('isPlainHtml', () => {
  it.each([
    ['<p>Hello<br>Ana</p>\n<p>1 &lt; 2</p>', true],
    ['<div dir="ltr">Hi<br /></div>', true],
    ['<p>See <a href="https://x.example">this</a></p>', false],
    ['<p style="color:red">Hi</p>', false],
    ['<p>Hi</p><img src="cid:1">', false],
    ['<p onclick="x">Hi</p>', false],
  ])('%s: %s', (html, expected) => {
    expect(isPlainHtml(html)).toBe(expected);
  });
});

describe('hasRemoteImages', () => {
  it.each([
    ['<img alt="x" data-src="https://tracker.example/p.gif">', true],
    ['<img alt="x" src="https://tracker.example/p.gif">', true],
    ['<IMG SRC=//tracker.example/p.gif>', true],
    ['<img src="cid:logo"> see https://x.example', false],
    ['<img src="data:image/png;base64,AA">', false],
  ])('%s: %s', (html, expected) => {
    expect(hasRemoteImages(html)).toBe(expected);
  });
});
