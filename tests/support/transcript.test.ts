import { readsBody, readTranscript } from './transcript';

const rawlog = [
  '1.5 1 SELECT "INBOX"',
  '1.5 2 UID FETCH 3:5,9 (UID FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (message-id subject)])',
  '1.5 3 APPEND Sent (\\Seen) {18+}',
  '1.5 9 UID FETCH 1 (',
  '1.5 ',
  '1.5 4 EXAMINE Junk',
  '1.5 DONE',
  '1.5 5 UID FETCH 7 (UID BODY.PEEK[]<0.100>)',
  '1.5 6 FETCH * (UID)',
  '',
].join('\r\n');

describe('readTranscript', () => {
  const transcript = readTranscript(rawlog);

  it('counts every message of every FETCH, in its folder', () => {
    expect(transcript.fetches.map(({ folderPath, imapUids }) => [folderPath, imapUids])).toEqual([
      ['INBOX', [3, 4, 5, 9]],
      ['Junk', [7]],
      ['Junk', [NaN]],
    ]);
  });

  it('takes no line of an appended message for a command', () => {
    expect(transcript.commands).toEqual(['SELECT', 'UID FETCH', 'APPEND', 'EXAMINE', 'UID FETCH', 'FETCH']);
    expect(transcript.appendedTo).toEqual(['Sent']);
  });

  it('refuses a FETCH that it cannot read, so that none goes uncounted', () => {
    expect(() => readTranscript('1 FETCH 1')).toThrow(/cannot be read/);
  });

  it.each([
    'BODY[]',
    'BODY.PEEK[]<0.1>',
    'BODY[TEXT]',
    'BODY[HEADER]',
    'BODY[1.2]',
    'BODY',
    'BODYSTRUCTURE',
    'RFC822',
    'RFC822.TEXT',
    'BINARY[1]',
    'PREVIEW',
    'ENVELOPE',
    'ALL',
    'FULL',
  ])('S12: %s reads more than header fields', (item) => {
    expect(readsBody({ folderPath: 'INBOX', imapUids: [1], items: `(UID ${item} FLAGS)` })).toBe(true);
  });

  it('S12: header fields, size, date and flags are no body', () => {
    const items = '(UID FLAGS INTERNALDATE RFC822.SIZE MODSEQ BODY.PEEK[HEADER.FIELDS (SUBJECT X-BODY)])';
    expect(readsBody({ folderPath: 'INBOX', imapUids: [1], items })).toBe(false);
  });
});
