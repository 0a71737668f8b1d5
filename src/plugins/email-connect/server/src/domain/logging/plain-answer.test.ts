import { plainAnswer } from './plain-answer';
import type { Evidence, Verdict } from './verdict';

const evidence: Evidence = { rung: 'by-hand', confidence: 1, header: '', value: '' };
const log: Verdict = {
  kind: 'log',
  threadDocumentId: 'T',
  begins: null,
  origin: 'reply',
  direction: 'incoming',
  evidence,
  notice: null,
  answersDocumentId: null,
};
const begun: Verdict = { ...log, begins: { subject: '', baseSubject: '', continuesDocumentId: null } };

describe('P9: the answer in plain sentences', () => {
  test.each<[string, Verdict, Parameters<typeof plainAnswer>[1], boolean]>([
    [
      'It is logged.',
      { kind: 'known', messageDocumentId: 'M', threadDocumentId: 'T', aliases: [] },
      'read',
      false,
    ],
    ['It belongs to a logged conversation. The next check of its folder reads it.', log, 'not-yet', false],
    [
      'It belongs to a logged conversation. It is older than what is read: ask for older mail, or log it now.',
      log,
      'before-connection',
      false,
    ],
    [
      'It is to be logged. Its folder is not watched: watch it, or move the message to one that is.',
      begun,
      'not-watched',
      false,
    ],
    ['It belongs to a logged conversation. It could not be read and is tried again.', log, 'read', true],
    ['It belongs to a logged conversation. It was not so when it was read: log it now.', log, 'read', false],
    [
      'A never-log rule keeps it out.',
      { kind: 'ignore', reason: 'never-log-rule', detail: '' },
      'read',
      false,
    ],
    [
      'It came to the log address, but it is not proven that the team sent it, and is held back.',
      { kind: 'hold', code: 'LOG_SENDER_UNVERIFIED', detail: '' },
      'read',
      true,
    ],
  ])('%s', (answer, verdict, reading, isQuarantined) => {
    expect(plainAnswer(verdict, reading, isQuarantined)).toBe(answer);
  });
});
