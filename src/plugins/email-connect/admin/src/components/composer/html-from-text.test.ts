import { htmlFromText } from './html-from-text';

describe('htmlFromText', () => {
  it('makes paragraphs and line breaks', () => {
    expect(htmlFromText('Hello\nAna\n\n\nBye')).toBe('<p>Hello<br>Ana</p>\n<p>Bye</p>');
  });

  it('takes any line end', () => {
    expect(htmlFromText('a\r\n\r\nb\rc')).toBe('<p>a</p>\n<p>b<br>c</p>');
  });

  it('S24: what looks like HTML stays text', () => {
    expect(htmlFromText('<img src=x onerror="alert(1)"> & so on')).toBe(
      '<p>&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; so on</p>'
    );
  });

  it('links web addresses without the punctuation behind them', () => {
    expect(htmlFromText('See (https://example.com/a?b=1&c=2), please.')).toBe(
      '<p>See (<a href="https://example.com/a?b=1&amp;c=2">https://example.com/a?b=1&amp;c=2</a>), please.</p>'
    );
  });

  it('no address breaks out of its link', () => {
    expect(htmlFromText('https://example.com/"onclick="x')).toBe(
      '<p><a href="https://example.com/">https://example.com/</a>&quot;onclick=&quot;x</p>'
    );
  });

  it('makes nothing of nothing', () => {
    expect(htmlFromText(' \n\n ')).toBe('');
  });
});
