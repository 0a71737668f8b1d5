import fc from 'fast-check';
import { baseSubject, hasForwardMark, hasReplyMark, replySubject, threadTopic } from './base-subject';

describe('c40: base subjects are equal', () => {
  it.each([
    'Offer 42',
    'Re: Offer 42',
    'RE:Offer 42',
    're : Offer 42',
    'Re: Re: RE: Offer 42',
    'RE[2]: Offer 42',
    'Re(3): Offer 42',
    'Re^2: Offer 42',
    'Re: [crm-list] Offer 42',
    '[crm-list] Re: Offer 42',
    '[EXTERNAL] Re: Offer 42',
    'Re: [EXT] [SPAM?] Offer 42',
    'EXTERNAL: Re: Offer 42',
    '***SPAM*** Re: Offer 42',
    '【外部】回复: Offer 42',
    'Fwd: Offer 42',
    'FW: Offer 42',
    '[Fwd: Offer 42]',
    '[Fwd: Re: Offer 42]',
    'Offer 42 (fwd)',
    'Re: Offer 42 (Fwd) ',
    'AW: Offer 42',
    'WG: AW: Offer 42',
    'Antw: Offer 42',
    'SV: Offer 42',
    'VS: Offer 42',
    'Odp: Offer 42',
    'RES: Offer 42',
    'RIF: Offer 42',
    'R: I: Offer 42',
    'RV: Offer 42',
    'TR: Offer 42',
    'YNT: Offer 42',
    'Ответ: Offer 42',
    'ΑΠ: Offer 42',
    '回复：Offer 42',
    '回覆: Offer 42',
    '答复: Offer 42',
    '返信: Offer 42',
    '转发: Offer 42',
    '轉寄: Offer 42',
    'תגובה: Offer 42'.replace('תגובה', 'תשובה'),
    '  Re:\tOffer \r\n 42 ',
    'OFFER 42',
  ])('%j', (subject) => {
    expect(baseSubject(subject)).toBe('offer 42');
  });
});

describe('baseSubject', () => {
  it.each<[string, string, string]>([
    ['no mark', 'Regarding the offer', 'regarding the offer'],
    ['a word that only begins like one', 'Retreat: in May', 'retreat: in may'],
    ['a tag word without a colon', 'External audit', 'external audit'],
    ['a mark in the middle', 'Offer re: 42', 'offer re: 42'],
    ['a tag alone stays (RFC 5256 2.1 step 4)', '[crm]', '[crm]'],
    ['marks alone', 'Re: Fwd: ', ''],
    ['empty', '', ''],
    ['an open bracket', '[offer 42', '[offer 42'],
    ['two forms of one letter', 'Cafe\u0301', 'caf\u00e9'],
  ])('%s', (_, subject, expected) => {
    expect(baseSubject(subject)).toBe(expected);
  });

  it('is the same of itself, whatever is written before it', () => {
    const part = fc.constantFrom(
      'Re: ',
      'AW:',
      '[x] ',
      '[EXTERNAL]',
      'Fwd: ',
      'Offer',
      ' ',
      '[Fwd: ',
      ']',
      '(fwd)',
      '回复：',
      '***SPAM***'
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const base = baseSubject(parts.join(''));
        expect(baseSubject(base)).toBe(base);
        if (base !== '') expect(baseSubject(`Re: ${base}`)).toBe(base);
      }),
      { numRuns: 500 }
    );
  });

  it.each([
    ['marks', 'Re: '.repeat(500_000)],
    ['tags', '[a]'.repeat(500_000)],
    ['brackets', '['.repeat(2_000_000)],
    ['white space', `a${' '.repeat(2_000_000)}b`],
  ])('reads megabytes of %s', (_, subject) => {
    expect(baseSubject(subject).length).toBeLessThanOrEqual(1_000);
  });
});

it('threadTopic keeps capitals', () => {
  expect(threadTopic('Re: [EXT] Offer 42')).toBe('Offer 42');
});

describe('replySubject adds one mark', () => {
  it.each([
    ['Offer', 'Re: Offer'],
    ['Re: Offer', 'Re: Offer'],
    ['RE[2]: Offer', 'RE[2]: Offer'],
    ['AW: Offer', 'AW: Offer'],
    ['[EXTERNAL] Re: Offer', '[EXTERNAL] Re: Offer'],
    ['Fwd: Offer', 'Re: Fwd: Offer'],
    ['Resort', 'Re: Resort'],
    ['', 'Re:'],
    [' Offer \n 42', 'Re: Offer 42'],
  ])('%j becomes %j', (subject, expected) => {
    expect(replySubject(subject)).toBe(expected);
    expect(replySubject(replySubject(subject))).toBe(expected);
  });
});

describe('what a subject says it is', () => {
  it.each<[string, 'reply' | 'forward' | '']>([
    ['Re: Offer', 'reply'],
    ['AW: Offer', 'reply'],
    ['[EXTERNAL] RE[2]: Offer', 'reply'],
    ['回复：Offer', 'reply'],
    ['Re: Fwd: Offer', 'reply'],
    ['Fwd: Offer', 'forward'],
    ['WG: AW: Offer', 'forward'],
    ['[list] TR: Offer', 'forward'],
    ['[Fwd: Offer]', 'forward'],
    ['Offer (fwd)', 'forward'],
    ['Offer', ''],
    ['Offer: re', ''],
    ['', ''],
  ])('%s: %s', (subject, mark) => {
    expect([hasReplyMark(subject), hasForwardMark(subject)]).toEqual([mark === 'reply', mark === 'forward']);
  });
});
