import { htmlToText } from './html-to-text';
import { sanitizeHtml } from './sanitize-html';

/** Nothing that a browser would run, load or lay over the page. */
const DANGEROUS = [
  /<\/?(?:script|style|iframe|object|embed|applet|form|input|button|select|textarea|meta|base|link|svg|math|frame|frameset|video|audio|source|template|noscript|body|html|head|title|xmp|portal)\b/i,
  /<[^>]*\son\w+\s*=/i,
  /<[^>]*\s(?:href|src|data-src)="(?!https?:|mailto:|tel:|cid:|data:image\/(?:png|gif|jpeg|webp);base64,)/i,
  /<[^>]*\ssrc="(?!cid:|data:image\/)/i,
  /<[^>]*\s(?:srcset|background|action|formaction|poster|ping|xlink:href|id|name|srcdoc|data(?!-src)[\w-]*)\s*=/i,
  /<[^>]*\sstyle="[^"]*(?:url|expression|import|position|behavior|-moz-binding|z-index|float|transform|var\s*\(|\\|\/\*)/i,
];

const BAIT: [name: string, html: string][] = [
  ['script', '<script>alert(1)</script>'],
  ['script in pieces', '<scr<script>ipt>alert(1)</scr</script>ipt>'],
  ['script with a slash', '<script/x>alert(1)</script>'],
  ['script without end', '<p>a<script>alert(1)'],
  ['upper case', '<SCRIPT SRC=//evil.example/x.js></SCRIPT>'],
  ['handler', '<img src=x onerror=alert(1)>'],
  ['handler without space', '<img/src="x"/onerror=alert(1)>'],
  ['handler with new line', '<img src="cid:a"\nonload\n=\nalert(1)>'],
  ['handler in a quote trick', '<img alt="`><script>alert(1)</script>" src=`javascript:alert(1)`>'],
  ['broken quote', '<a href="https://x.example" title="a"onclick="alert(1)">x</a>'],
  ['attribute name with NUL', '<p o\0nclick=alert(1)>x</p>'],
  ['javascript link', '<a href="javascript:alert(1)">x</a>'],
  ['javascript link with a tab', '<a href="java\tscript:alert(1)">x</a>'],
  ['javascript link with entities', '<a href="&#106;&#x61;vascript&colon;alert(1)">x</a>'],
  ['javascript link with control', '<a href="\u0001javascript:alert(1)">x</a>'],
  ['javascript link, soft hyphen', '<a href="java\u00adscript:alert(1)">x</a>'],
  ['vbscript link', '<a href="vbscript:msgbox(1)">x</a>'],
  ['data link', '<a href="data:text/html,<script>alert(1)</script>">x</a>'],
  ['relative link', '<a href="/admin/users/1?delete">x</a>'],
  ['protocol-relative link', '<a href="//evil.example">x</a>'],
  ['file link', '<a href="file:///etc/passwd">x</a>'],
  ['svg', '<svg onload=alert(1)><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>'],
  ['svg image', '<img src="data:image/svg+xml;base64,PHN2Zz4=">'],
  ['html in an image', '<img src="data:image/png,<script>alert(1)</script>">'],
  ['math', '<math><mi//xlink:href="data:x,<script>alert(4)</script>">'],
  ['mutation by style', '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">'],
  ['mutation by noscript', '<noscript><p title="</noscript><img src=x onerror=alert(1)>">'],
  [
    'mutation by math',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  ],
  ['mutation by xmp', '<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp>'],
  ['mutation by textarea', '<textarea><p title="</textarea><img src=x onerror=alert(1)>"></textarea>'],
  ['mutation by title', '<title><p title="</title><img src=x onerror=alert(1)>"></title>'],
  ['comment', '<!--><img src=x onerror=alert(1)>-->'],
  ['conditional comment', '<!--[if gte IE 4]><script>alert(1)</script><![endif]-->'],
  ['cdata', '<![CDATA[<img src=x onerror=alert(1)>]]>'],
  ['processing instruction', '<?xml-stylesheet href="javascript:alert(1)"?><p>x</p>'],
  ['iframe', '<iframe src="https://evil.example" srcdoc="<script>alert(1)</script>">x</iframe>'],
  ['object', '<object data="https://evil.example/x.swf"><embed src="x"></object>'],
  [
    'form',
    '<form action="https://evil.example"><input name=password><button formaction=javascript:alert(1)>go</button></form>',
  ],
  ['meta refresh', '<meta http-equiv=refresh content="0;url=https://evil.example">'],
  ['base', '<base href="https://evil.example/"><a href="x">x</a>'],
  ['link', '<link rel=stylesheet href="https://evil.example/x.css">'],
  [
    'style element',
    '<style>@import "https://evil.example/x.css"; p{background:url(https://evil.example)}</style><p>x</p>',
  ],
  ['style url', '<p style="background:url(https://evil.example/t.gif)">x</p>'],
  ['style url, escaped', '<p style="background-color:u\\72l(https://evil.example/t.gif)">x</p>'],
  ['style url, commented', '<p style="background-color:u/**/rl(https://evil.example)">x</p>'],
  ['style expression', '<p style="width:expression(alert(1))">x</p>'],
  ['style binding', '<p style="-moz-binding:url(x);behavior:url(x)">x</p>'],
  ['style overlay', '<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999">x</div>'],
  ['style that breaks out', '<p style="color:red}body{background:url(https://evil.example)">x</p>'],
  ['style with a quote', `<p style='color:red;font-family:"x"onclick="alert(1)'>x</p>`],
  ['style image-set', '<p style="background-color:image-set(\'https://evil.example/x\' 1x)">x</p>'],
  ['list image', '<ul style="list-style-image:url(https://evil.example)"><li>x</ul>'],
  [
    'remote image',
    '<img src="https://t.example/p.gif" srcset="https://t.example/2.gif 2x" lowsrc="https://t.example">',
  ],
  ['remote image, own data-src', '<img data-src="javascript:alert(1)" src="cid:x">'],
  ['remote image with a tab', '<img src="ht\ttps://t.example/p.gif">'],
  ['protocol-relative image', '<img src="//t.example/p.gif">'],
  [
    'background',
    '<table background="https://t.example/p.gif"><tr><td background="https://t.example/p.gif">x</table>',
  ],
  ['video', '<video poster="https://t.example/p.gif"><source src="https://t.example/v.mp4"></video>'],
  [
    'picture',
    '<picture><source srcset="https://t.example/p.webp"><img src="https://t.example/p.gif"></picture>',
  ],
  ['image input', '<input type=image src="https://t.example/p.gif">'],
  ['ping', '<a href="https://x.example" ping="https://t.example">x</a>'],
  ['clobbering', '<a id=strapi name=location href="https://x.example">x</a><img name=body>'],
  ['window name', '<a href="https://x.example" target="admin" rel="opener">x</a>'],
  ['portal', '<portal src="https://evil.example">'],
];

describe('sanitizeHtml (S24, S37)', () => {
  it.each(BAIT)('leaves nothing to run or load: %s', (_, html) => {
    const clean = sanitizeHtml(html);
    for (const pattern of DANGEROUS) expect(clean).not.toMatch(pattern);
  });

  it.each(BAIT)('is stable, so that no second pass makes new markup: %s', (_, html) => {
    const clean = sanitizeHtml(html);
    // A moved address cannot come back: what was data-src has no source any more.
    expect(sanitizeHtml(clean.replace(/\sdata-src="[^"]*"/g, ''))).toBe(
      clean.replace(/\sdata-src="[^"]*"/g, '')
    );
  });

  it.each([
    ['<p>a <b>b</b> <i>c</i></p>', '<p>a <b>b</b> <i>c</i></p>'],
    [
      '<div style="COLOR: Red; font-size:12px; position:absolute">a</div>',
      '<div style="color:Red;font-size:12px">a</div>',
    ],
    [`<p style="font-family:'Segoe UI',Arial">a</p>`, `<p style="font-family:'Segoe UI',Arial">a</p>`],
    ['<p style="color:rgb(1, 2, 3);margin:-99px 0">a</p>', '<p style="color:rgb(1, 2, 3)">a</p>'],
    ['<img src="cid:logo@x" alt="Logo" width="20">', '<img alt="Logo" width="20" src="cid:logo@x" />'],
    ['<img src="data:image/png;base64,AAAA">', '<img src="data:image/png;base64,AAAA" />'],
    [
      '<img src="https://t.example/p.gif?a=1&amp;b=2">',
      '<img data-src="https://t.example/p.gif?a=1&amp;b=2" />',
    ],
    ['<img src="//t.example/p.gif">', '<img data-src="https://t.example/p.gif" />'],
    [
      '<table border=1 bgcolor="#eee"><tr><td colspan="2">a</td></tr></table>',
      '<table border="1" bgcolor="#eee"><tr><td colspan="2">a</td></tr></table>',
    ],
    [
      '<blockquote type="cite" class="gmail_quote app-header">a</blockquote>',
      '<blockquote type="cite" class="gmail_quote">a</blockquote>',
    ],
    ['<div id="divRplyFwdMsg">a</div>', '<div class="outlook_quote">a</div>'],
    ['<div name="quote">a</div>', '<div class="named_quote">a</div>'],
    ['a &lt;script&gt; b', 'a &lt;script&gt; b'],
    ['<html><head><title>t</title></head><body>a</body></html>', 'a'],
  ])('keeps what a mail looks like: %s', (html, expected) => expect(sanitizeHtml(html)).toBe(expected));

  it('opens links apart, and tells the other side nothing', () => {
    expect(sanitizeHtml('<a href="https://x.example/?a=1">x</a>')).toBe(
      '<a href="https://x.example/?a=1" rel="noopener noreferrer nofollow" target="_blank">x</a>'
    );
    expect(sanitizeHtml('<a href="mailto:a@x.example">x</a>')).toContain('href="mailto:a@x.example"');
  });

  it('drops a data image too large to be a logo', () => {
    expect(sanitizeHtml(`<img src="data:image/png;base64,${'A'.repeat(100_000)}">`)).toBe('<img />');
  });

  it.each([
    ['100,000 nested div (c56)', '<div>'.repeat(100_000), '</div>'.repeat(100_000)],
    ['50,000 nested tables', '<table><tr><td>'.repeat(50_000), ''],
    ['200,000 open comments', '', '<!--'.repeat(200_000)],
    ['attributes', `<p ${'a=1 '.repeat(200_000)}>`, '</p>'],
    ['angle brackets', '', '<'.repeat(300_000)],
    ['open quotes', '', '<a href="'.repeat(100_000)],
  ])('comes through %s with its text', (_, before, after) => {
    const clean = sanitizeHtml(`${before}the text${after}`);
    expect(clean).toContain('the text');
    expect(clean.match(/<div>/g)?.length ?? 0).toBeLessThanOrEqual(256);
    expect(htmlToText(`${before}the text${after}`)).toContain('the text');
  });

  it('cuts what is beyond 2 MB', () => {
    expect(sanitizeHtml('a'.repeat(3_000_000))).toHaveLength(2 * 1024 * 1024);
  });
});

describe('htmlToText (S23)', () => {
  it.each([
    ['<p>Hello</p><p>Jane<br>Doe</p>', 'Hello\n\nJane\nDoe'],
    [
      '<a href="https://x.example">see</a> <a href="https://y.example">https://y.example</a>',
      'see <https://x.example> https://y.example',
    ],
    ['<a href="javascript:x()">a</a> <a href=" java\nscript:x()">b</a> <a href="data:,x">c</a>', 'a b c'],
    ['<a href="mailto:a@b.example">write</a> <a href="tel:+1">ring</a>', 'write <a@b.example> ring <tel:+1>'],
    ['<ul><li>one</li><li>two</li></ul>', '* one\n * two'],
    ['<h1>Title</h1><script>x</script><style>y</style><img alt="z" src="a">', 'Title'],
    ['&lt;b&gt; &amp; &euro;', '<b> & €'],
    ['', ''],
    [`<p>${'long '.repeat(50).trim()}</p>`, 'long '.repeat(50).trim()],
  ])('%s', (html, text) => expect(htmlToText(html)).toBe(text));

  it('does not turn deep lists into megabytes of spaces', () => {
    expect(htmlToText('<ul><li>'.repeat(20_000)).length).toBeLessThan(5_000_000);
  });
});
