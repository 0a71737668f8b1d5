import { fileNameOf } from './file-name';

describe('fileNameOf (c53, c55)', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\jane\\Desktop\\a b.docx', 'a b.docx'],
    ['/abs/olute.txt', 'olute.txt'],
    ['..', 'attachment-3.pdf'],
    ['dir/', 'attachment-3.pdf'],
    ['.htaccess', 'htaccess'],
    ['invoice\u202Egpj.exe', 'invoicegpj.exe'],
    ['a\0b\r\nc.pdf', 'abc.pdf'],
    ['zero\u200bwidth\ufeff.pdf', 'zerowidth.pdf'],
    ['a<b>c:d"e|f?g*.pdf', 'a_b_c_d_e_f_g_.pdf'],
    ['=?UTF-8?Q?Angebot_f=C3=BCr.pdf?=', 'Angebot für.pdf'],
    ['=?UTF-8?Q?=2E=2E=2Fevil.sh?=', 'evil.sh'],
    [Buffer.from('Grüße.pdf').toString('latin1'), 'Grüße.pdf'],
    ['Grüße.pdf', 'Grüße.pdf'],
    ['かきくけこ.txt', 'かきくけこ.txt'],
    ['🎉 party.png', '🎉 party.png'],
    ['trailing.pdf . ', 'trailing.pdf'],
  ])('%j becomes %j', (written, name) => expect(fileNameOf(written, 'application/pdf', 3)).toBe(name));

  it('shortens, but keeps the ending and whole characters', () => {
    const name = fileNameOf(`${'🎉'.repeat(500)}.pdf`, 'application/pdf', 1);
    expect([...name]).toHaveLength(200);
    expect(name).toMatch(/^🎉+\.pdf$/u);
  });

  it.each([
    ['application/pdf', 'attachment-2.pdf'],
    ['image/jpeg', 'image-2.jpg'],
    ['image/png', 'image-2.png'],
    ['text/plain', 'attachment-2.txt'],
    ['text/calendar', 'invite.ics'],
    ['message/rfc822', 'message.eml'],
    ['application/x-never-heard-of', 'attachment-2.bin'],
  ])('a nameless %s is %s', (contentType, name) => expect(fileNameOf(false, contentType, 2)).toBe(name));
});
