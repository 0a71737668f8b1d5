import { splitQuoted } from './split-quoted';

const introductions: [language: string, introduction: string][] = [
  ['English', 'On Mon, Nov 23, 2026 at 10:05 AM Ann Example <ann@x.example> wrote:'],
  ['English, day first', 'On 23 Nov 2026, at 10:05, Ann Example wrote:'],
  ['English, broken', 'On Mon, Nov 23, 2026 at 10:05 AM Ann Example <\nann@x.example> wrote:'],
  ['English, name first', 'Ann Example <ann@x.example> wrote on Mon, 23 Nov 2026 at 10:05:'],
  ['Zoho', '---- On Mon, 23 Nov 2026 10:05:00 +0100 Ann Example <ann@x.example> wrote ----'],
  ['Yahoo', '--- On Mon, 11/23/26, Ann Example <ann@x.example> wrote:'],
  ['Notes', '-----Ann Example/ACME wrote: -----'],
  ['no language', '2026-11-23 10:05 GMT+01:00 Ann Example <ann@x.example>:'],
  ['German', 'Am 23.11.2026 um 10:05 schrieb Ann Example:'],
  ['German, Gmail', 'Am Mo., 23. Nov. 2026 um 10:05 Uhr schrieb Ann Example <\nann@x.example>:'],
  ['German, name first', 'Ann Example <ann@x.example> schrieb am Mo., 23.\nNov. 2026 um 10:05 Uhr:'],
  ['French', 'Le lun. 23 nov. 2026 à 10:05, Ann Example <ann@x.example> a écrit :'],
  ['French, plain', 'Le 23/11/2026 à 10:05, Ann Example a écrit :'],
  ['Spanish', 'El lun, 23 nov 2026 a las 10:05, Ann Example (<ann@x.example>) escribió:'],
  ['Spanish, Apple', 'El 23 nov 2026, a las 10:05, Ann Example escribió:'],
  ['Italian', 'Il giorno lun 23 nov 2026 alle ore 10:05 Ann Example <\nann@x.example> ha scritto:'],
  ['Italian, plain', 'Il 23/11/2026 10:05, Ann Example ha scritto:'],
  ['Dutch', 'Op ma 23 nov 2026 om 10:05 schreef Ann Example <ann@x.example>:'],
  ['Dutch, Apple', 'Op 23 nov. 2026, om 10:05 heeft Ann Example <ann@x.example> het volgende geschreven:'],
  ['Portuguese', 'Em seg., 23 de nov. de 2026 às 10:05, Ann Example <ann@x.example> escreveu:'],
  ['Portuguese, plain', 'Em 23/11/2026 10:05, Ann Example escreveu:'],
  ['Polish', 'pon., 23 lis 2026 o 10:05 Ann Example <ann@x.example> napisał(a):'],
  ['Polish, Thunderbird', 'W dniu 23.11.2026 o 10:05, Ann Example pisze:'],
  ['Swedish', 'Den mån 23 nov. 2026 kl 10:05 skrev Ann Example <ann@x.example>:'],
  ['Danish', 'Den man. 23. nov. 2026 kl. 10.05 skrev Ann Example <ann@x.example>:'],
  ['Norwegian', 'man. 23. nov. 2026 kl. 10:05 skrev Ann Example <ann@x.example>:'],
  ['Finnish', 'ma 23. marrask. 2026 klo 10.05 Ann Example (ann@x.example) kirjoitti:'],
  ['Czech', 'po 23. 11. 2026 v 10:05 odesílatel Ann Example <ann@x.example> napsal:'],
  ['Hungarian', 'Ann Example <ann@x.example> ezt írta (időpont: 2026. nov. 23., H, 10:05):'],
  ['Romanian', 'În lun., 23 nov. 2026 la 10:05, Ann Example <ann@x.example> a scris:'],
  ['Russian', 'пн, 23 нояб. 2026 г. в 10:05, Анна <ann@x.example>:'],
  ['Russian, plain', '23.11.2026 10:05, Анна пишет:'],
  ['Ukrainian', 'пн, 23 лист. 2026 р. о 10:05 Анна <ann@x.example> пише:'],
  ['Turkish', 'Ann Example <ann@x.example>, 23 Kas 2026 Pzt, 10:05 tarihinde şunu yazdı:'],
  ['Greek', 'Στις Δευ 23 Νοε 2026 στις 10:05, ο χρήστης Ann <ann@x.example> έγραψε:'],
  ['Chinese', '在 2026年11月23日，上午10:05，Ann <ann@x.example> 写道：'],
  ['Chinese, Gmail', 'Ann <ann@x.example> 于2026年11月23日周一 10:05写道：'],
  ['Chinese, traditional', 'Ann <ann@x.example> 於 2026年11月23日 週一 上午10:05寫道：'],
  ['Japanese', '2026年11月23日(月) 10:05 Ann <ann@x.example>:'],
  ['Korean', '2026년 11월 23일 (월) 오전 10:05, Ann <ann@x.example>님이 작성:'],
];

const blocks: [language: string, block: string][] = [
  ['English', 'From: Ann <ann@x.example>\nSent: Monday, 23 November 2026 10:05\nTo: Bob\nSubject: Offer'],
  ['bold', '*From:* Ann <ann@x.example>\n*Sent:* Monday\n*To:* Bob\n*Subject:* Offer'],
  ['bold of another kind', '**From**: Ann\n**Date**: Monday\n**Subject**: Offer'],
  ['below a rule', '________________________________\nFrom: Ann\nSent: Monday\nTo: Bob\nSubject: Offer'],
  ['without a subject, below a rule', '________________\nFrom: Ann\nSent: Monday\nTo: Bob'],
  ['apart', 'From: Ann\n\nSent: Monday\n\nTo: Bob\n\nSubject: Offer'],
  [
    'with a folded list',
    'From: Ann\nTo: Bob <b@x.example>;\n  Cem <c@x.example>\nSent: Monday\nSubject: Offer',
  ],
  ['date first', 'Date: Mon, 23 Nov 2026\nSubject: Offer\nFrom: ann@x.example\nTo: bob@x.example'],
  ['German', 'Von: Ann\nGesendet: Montag, 23. November 2026 10:05\nAn: Bob\nBetreff: Angebot'],
  ['French', 'De : Ann\nEnvoyé : lundi 23 novembre 2026 10:05\nÀ : Bob\nObjet : Offre'],
  ['Spanish', 'De: Ann\nEnviado el: lunes, 23 de noviembre de 2026 10:05\nPara: Bob\nAsunto: Oferta'],
  ['Italian', 'Da: Ann\nInviato: lunedì 23 novembre 2026 10:05\nA: Bob\nOggetto: Offerta'],
  ['Dutch', 'Van: Ann\nVerzonden: maandag 23 november 2026 10:05\nAan: Bob\nOnderwerp: Offerte'],
  ['Portuguese', 'De: Ann\nEnviada em: segunda-feira, 23 de novembro de 2026\nPara: Bob\nAssunto: Oferta'],
  ['Polish', 'Od: Ann\nWysłano: poniedziałek, 23 listopada 2026 10:05\nDo: Bob\nTemat: Oferta'],
  ['Swedish', 'Från: Ann\nSkickat: den 23 november 2026 10:05\nTill: Bob\nÄmne: Offert'],
  ['Russian', 'От: Ann\nОтправлено: 23 ноября 2026 г. 10:05\nКому: Bob\nТема: Offer'],
  ['Chinese', '发件人: Ann\n发送时间: 2026年11月23日\n收件人: Bob\n主题: Offer'],
];

const markers = [
  '-----Original Message-----',
  '-------- Original Message --------',
  '---------- Forwarded message ---------',
  '-----Ursprüngliche Nachricht-----',
  '-------- Weitergeleitete Nachricht --------',
  '-----Message d’origine-----',
  '-----Mensaje original-----',
  '-----Oorspronkelijk bericht-----',
  '-----Mensagem original-----',
  '-----Messaggio originale-----',
  '-----Oryginalna wiadomość-----',
  '-----Ursprungligt meddelande-----',
  'Begin forwarded message:',
  'Anfang der weitergeleiteten Nachricht:',
  'Début du message réexpédié :',
];

describe('splitQuoted', () => {
  it.each(introductions)('knows who wrote, quoted or not: %s', (_language, introduction) => {
    expect(splitQuoted(`Yes.\n\n${introduction}\n\n> Shall we?\n> Ann`).fresh).toBe('Yes.');
    expect(splitQuoted(`Yes.\n\n${introduction}\n\nShall we?\n\nAnn`).fresh).toBe('Yes.');
    expect(splitQuoted(`Yes, in\nanother line.\n${introduction}\n> Shall we?`)).toEqual({
      fresh: 'Yes, in\nanother line.',
      quoted: `${introduction}\n> Shall we?`,
    });
  });

  it.each(blocks)('knows the header fields of another message: %s', (_language, block) => {
    expect(splitQuoted(`Yes.\n\n${block}\n\nShall we?\n\nAnn`)).toEqual({
      fresh: 'Yes.',
      quoted: `${block}\n\nShall we?\n\nAnn`,
    });
    expect(splitQuoted(`Yes.\r\n${block.replaceAll('\n', '\r\n')}\r\n\r\nShall we?`).fresh).toBe('Yes.');
  });

  it.each(markers)('knows that a message follows whole: %s', (marker) => {
    expect(splitQuoted(`See below.\n\n${marker}\n\nShall we?`).fresh).toBe('See below.');
  });

  it.each([
    ['a line that ends in a colon', 'Yes.\n\nOn Monday, Ann wrote:\n> Shall we?\n>\n> Ann\n', 'Yes.'],
    ['no introduction', 'Yes.\n> Shall we?', 'Yes.'],
    ['a sentence above', 'At 10 it is fine.\nAnn wrote:\n> Shall we?', 'At 10 it is fine.'],
    ['an introduction without a colon', 'Yes.\n2026/11/23 Ann <ann@x.example>\n\n> Shall we?', 'Yes.'],
    ['bars', 'Yes.\n23 nov 2026, Ann <ann@x.example>\n| Shall we?\n| Ann', 'Yes.'],
    [
      'an introduction inside of the quote',
      'Yes.\n\n> On 23 Nov 2026 at 10:05 Ann wrote:\n> Shall we?',
      'Yes.',
    ],
    [
      'history in history',
      'No.\n\nOn 23 Nov 2026 10:05, Ann wrote:\nYes.\n\nOn 22 Nov 2026 10:05, Bob wrote:\n> Shall we?',
      'No.',
    ],
    [
      'the footer of a list below',
      'Yes.\n\nAnn wrote:\n> Shall we?\n\n__________\nThe list\nhttps://x.example',
      'Yes.',
    ],
    ['a signature below', 'Yes.\n\nAnn wrote:\n> Shall we?\n\n-- \nBob', 'Yes.'],
    ['a signature', 'Yes.\n\n-- \nBob\n+49 30 1', 'Yes.'],
    ['a signature above', 'Yes.\n\n-- \nBob\n\nAnn wrote:\n> Shall we?', 'Yes.'],
    ['a telephone', 'Yes.\n\nSent from my iPhone\n\nAnn wrote:\n> Shall we?', 'Yes.'],
    ['a telephone in another language', 'Ja.\n\nVon meinem iPhone gesendet', 'Ja.'],
    ['an answer below', 'On 23 Nov 2026 10:05, Ann wrote:\n> Shall we?\n> Ann\n\nYes.', 'Yes.'],
    ['an answer below and older history', 'Ann wrote:\n> Shall we?\n\nYes.\n\n-- \nBob', 'Yes.'],
    [
      'answers between, then the rest',
      'Ann wrote:\n> A?\nYes.\n> B?\nNo.\n> Ann',
      'Ann wrote:\n> A?\nYes.\n> B?\nNo.',
    ],
  ])('finds what was written: %s', (_name, text, fresh) => {
    expect(splitQuoted(text).fresh).toBe(fresh);
  });

  it.each([
    ['no quote', 'Hello\n\nAnn:'],
    ['a quote that is answered below', '> Shall we?\nYes.'],
    ['answers between quotes', 'Hello Ann,\n\nOn 23 Nov 2026 10:05, Ann wrote:\n> A?\nYes.\n\n> B?\nNo.'],
    ['an answer below words of its own', 'Hello.\n\nOn 23 Nov 2026 10:05, Ann wrote:\n> A?\n\nYes.'],
    [
      'a forwarded quote that is answered below',
      'See.\n\nBegin forwarded message:\n\n> From: Ann\n> Hello\n\nShall we?',
    ],
    ['a forwarded text with nothing of its own', 'Ann wrote:\n> Shall we?'],
    ['a forwarded mail with nothing of its own', '---------- Forwarded message ---------\nFrom: Ann\nHello'],
    ['header fields with nothing above', 'From: Ann\nSent: Monday\nTo: Bob\nSubject: Offer\n\nHello'],
    ['a journey', 'We go\n\nFrom: Berlin\nTo: Paris\nDate: Monday\n\nShall we?'],
    ['a story', 'On this day\n\nI wrote something\n\nwhich was read:\nby all.'],
    ['a letter of one’s own', 'On 5 May 2026 we wrote to you about the following:\n\n- rent\n- water'],
    ['a heading', 'The offer\n-----\nas discussed.'],
    [
      'the words of a signature',
      'Please call.\nSent you the mail from Outlook yesterday and the phone rang all day, did you see it?',
    ],
    ['from, in a sentence', 'From my side, the mobile app works.'],
    ['a signature alone', '-- \nAnn'],
    ['a table', 'Rates:\n| a | b |\n| 1 | 2 |'],
    ['nothing', ''],
  ])('leaves whole: %s', (_name, text) => {
    expect(splitQuoted(text)).toEqual({ fresh: text, quoted: '' });
  });

  it('loses no line', () => {
    const text = 'Ann wrote:\n> A?\n\nYes.\n\n-- \nBob\n\nOn 23 Nov 2026 10:05, Ann <a@x.example> wrote:\nB?';
    const { fresh, quoted } = splitQuoted(text);
    expect(fresh).toBe('Yes.');
    expect(quoted).toBe('Ann wrote:\n> A?\n\n-- \nBob\n\nOn 23 Nov 2026 10:05, Ann <a@x.example> wrote:\nB?');
  });

  // Regular expressions that go back over what they have read need minutes for a tenth of it.
  it.each([
    ['nested quotes in lines', '>> > x\n'],
    ['nested quotes in one line', '> '],
    ['a line of marks', '>'],
    ['On On On', 'On '],
    ['introductions', 'On 5 May 2016, at 10:00, Ann wrote:\n'],
    ['introductions of quotes', 'Ann wrote:\n> x\n'],
    ['half introductions', `On 5 May 2016 (${'('.repeat(200)} wrote\n`],
    ['header fields', 'From: a\n'],
    ['header fields by two', 'From: a@x.example\nSubject: x\n'],
    ['colons', ':\n'],
    ['one line', 'a'],
    ['blanks', ' '],
    ['empty lines', '\n'],
    ['rules', `-----${'\n'.repeat(40)}`],
    ['dashes', '-'],
    ['signatures', '--\n'],
    ['telephones', 'Sent from my iPhone\n'],
    ['at signs', `${'@'.repeat(140)}:\n`],
    ['names', `On 5 May 2016 wrote ${'A '.repeat(60)}!:\n`],
  ])('c57: comes back from 2 MB of %s', (_name, bait) => {
    const text = `Hello\n${bait.repeat(Math.ceil(2_000_000 / bait.length))}`;
    const { fresh, quoted } = splitQuoted(text);
    expect(fresh.length + quoted.length).toBeLessThanOrEqual(text.length);
  });
});
