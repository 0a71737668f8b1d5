/** Numbers that look random and are the same in every run (mulberry32, public domain). */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** When the letter with this number was written: 20 s after the one before it. */
export const writtenAt = (number: number): Date => new Date(Date.UTC(2025, 0, 1) + number * 20_000);

const WORDS = 'offer meeting invoice delivery contract question schedule update project sample'.split(' ');

export interface Letter {
  number: number;
  /** Message-IDs that this letter answers; [] for a stranger's mail. */
  answers: readonly string[];
  /** The author and the subject; made-up ones when left out. */
  author?: string;
  subject?: string;
  /** Bytes of text, and of a file; 0 for none. */
  textBytes: number;
  fileBytes: number;
}

/** A mail of the usual form: 1.5 KB of header fields, text, and in some a file. */
export const composeLetter = ({ number, answers, textBytes, fileBytes, ...known }: Letter): string => {
  const random = seeded(number);
  const word = () => WORDS[Math.floor(random() * WORDS.length)] ?? '';
  const host = `mx${Math.floor(random() * 90) + 10}.customer${number % 997}.example`;
  const from = known.author ?? `person.${number % 4999}@customer${number % 997}.example`;
  const date = writtenAt(number).toUTCString().replace('GMT', '+0000');
  const fields = [
    `Return-Path: <${from}>`,
    `Received: from ${host} (${host} [192.0.2.${number % 250}])\r\n\tby mx.team.example (Postfix) with ESMTPS id ${hex(random, 12)}\r\n\tfor <uma@team.example>; ${date}`,
    `Received: from [10.0.0.${number % 250}] (unknown)\r\n\tby ${host} (Postfix) with ESMTPSA id ${hex(random, 12)}; ${date}`,
    `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=customer${number % 997}.example; s=mail;\r\n\tt=${1_767_225_600 + number}; h=from:to:subject:date:message-id; bh=${hex(random, 44)};\r\n\tb=${[1, 2, 3, 4].map(() => hex(random, 70)).join('\r\n\t ')}`,
    `Message-ID: <${hex(random, 20)}.${number}@customer${number % 997}.example>`,
    `Date: ${date}`,
    `From: "Person ${number % 4999}" <${from}>`,
    `To: Uma Us <uma@team.example>`,
    `Subject: ${answers.length > 0 ? 'Re: ' : ''}${known.subject ?? `${word()} ${word()} ${number}`}`,
    ...(answers.length > 0
      ? [`In-Reply-To: <${answers.at(-1)}>`, `References: ${answers.map((id) => `<${id}>`).join('\r\n\t')}`]
      : []),
    'MIME-Version: 1.0',
  ];
  const text = textOf(word, textBytes);
  if (fileBytes === 0) {
    return [...fields, 'Content-Type: text/plain; charset=utf-8', '', text, ''].join('\r\n');
  }
  const boundary = `b${number}`;
  const file = Buffer.alloc(fileBytes, number).toString('base64').replace(/.{76}/g, '$&\r\n');
  return [
    ...fields,
    `Content-Type: multipart/mixed; boundary=${boundary}`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    `--${boundary}`,
    `Content-Type: application/pdf; name=plan-${number}.pdf`,
    `Content-Disposition: attachment; filename=plan-${number}.pdf`,
    'Content-Transfer-Encoding: base64',
    '',
    file,
    `--${boundary}--`,
    '',
  ].join('\r\n');
};

const textOf = (word: () => string, bytes: number): string => {
  let text = '';
  while (text.length < bytes) text += `${word()} ${word()} ${word()} ${word()} ${word()} ${word()}\r\n`;
  return text.slice(0, bytes);
};

const hex = (random: () => number, length: number): string =>
  Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
