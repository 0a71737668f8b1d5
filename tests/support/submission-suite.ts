import type { SMTPServerOptions } from 'smtp-server';
import type { Smtp } from '../../src/plugins/email-connect/server/src/ports';
import { makeCertificate } from './certificates';
import type { Certificate } from './certificates';
import { startSubmissionServer } from './submission-server';

export const envelope = { mailFrom: 'ann@example.org', rcptTo: ['customer@example.net'] };
/** Dots at the beginning of lines and 8-bit letters: what SMTP has to carry through unharmed. */
export const source = Buffer.from(
  'Message-ID: <1@example.org>\r\nSubject: hi\r\n\r\nHello.\r\n.\r\n..two dots\r\nGr\u00fc\u00dfe\r\n',
  'utf8'
);

/** Submits as one who never lets go, unless told when. */
export const submitOver =
  (smtp: Smtp) =>
  (
    access: Parameters<Smtp['submit']>[0],
    to: Parameters<Smtp['submit']>[1],
    bytes: Uint8Array,
    signal = new AbortController().signal
  ) =>
    smtp.submit(access, to, bytes, signal);

/** Submission servers for a suite, stopped after each of its tests; call it at the top level of the test file. */
export const submissionServers = () => {
  let certificate: Certificate;
  const cleanups: (() => Promise<void> | void)[] = [];
  beforeAll(async () => {
    certificate = await makeCertificate();
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0)) await cleanup();
  });
  return {
    certificate: () => certificate,
    cleanups,
    start: async (options: SMTPServerOptions = {}, shown = certificate) => {
      const server = await startSubmissionServer(shown, options);
      cleanups.push(() => server.stop());
      return server;
    },
  };
};
