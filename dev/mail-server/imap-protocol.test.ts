import fc from 'fast-check';
import { imapCommands } from './imap-commands';
import { rawClient } from './raw-client';
import type { RawClient } from './raw-client';
import { ANN, mail, startTestServer } from './test-server';
import type { TestServer } from './test-server';

let host: TestServer;
let raw: RawClient;

beforeEach(async () => {
  host = await startTestServer({ maxMessageBytes: 100_000 });
  raw = await rawClient(host.server);
});

afterEach(async () => {
  raw.close();
  const { unexpectedErrors } = host.server;
  await host.stop();
  expect(unexpectedErrors).toEqual([]);
});

const login = () => raw.say(`LOGIN ${ANN.address} ${ANN.password}`);

describe('literals', () => {
  it('stand for any argument, waited for and not', async () => {
    raw.send('a LOGIN {12}\r\n');
    expect(await raw.until(/\+ [^\n]*\n/)).toMatch(/^\+ /);
    raw.send(`${ANN.address} {${ANN.password.length}+}\r\n${ANN.password}\r\n`);
    expect(await raw.until(/a [^\n]*\n/)).toMatch(/^a OK \[CAPABILITY .*CONDSTORE.*\] Logged in/);
    expect(await raw.say('STATUS {5+}\r\nINBOX (MESSAGES)')).toContain('* STATUS "INBOX" (MESSAGES 0)');
    await raw.say('SELECT INBOX');
    expect(await raw.say('FETCH 1:* (BODY.PEEK[HEADER.FIELDS ({4+}\r\nDATE {2+}\r\nTO)])')).toContain('t OK');
  });

  it('over the limit are refused before they are sent, and the session goes on', async () => {
    await login();
    expect(await raw.say('APPEND INBOX {100001}')).toContain('t NO [TOOBIG]');
    expect(await raw.say('NOOP')).toContain('t OK');
  });

  it('over the limit that come unasked end the session', async () => {
    await login();
    expect(await raw.say('APPEND INBOX {100001+}')).toContain('t NO [TOOBIG]');
    await raw.closed();
  });

  it('are small before login', async () => {
    expect(await raw.say('APPEND INBOX {70000}')).toContain('t NO [TOOBIG]');
  });
});

describe('hostile input', () => {
  it.each([
    ['', '* BAD'],
    ['t', 't BAD'],
    ['t NOPE', 't BAD Unknown command'],
    ['t LOGIN "a', 't BAD Quoted string without an end'],
    ['t LOGIN (a b', 't BAD'],
    [`t LIST ${'('.repeat(5000)}`, 't BAD Too many parentheses'],
    ['t SELECT INBOX', 't BAD Log in first'],
    ['t UID', 't BAD'],
    ['t UID NOOP', 't BAD'],
    ['GET / HTTP/1.1', 'GET BAD'],
    ['t AUTHENTICATE PLAIN !!!', 't BAD Response is not base64'],
    ['t AUTHENTICATE CRAM-MD5', 't NO [CANNOT]'],
    ['t \0', 't BAD'],
    [`t NOOP ${'x'.repeat(70_000)}`, '* BAD Command line too long'],
  ])('%j is answered BAD', async (line, answer) => {
    raw.send(`${line}\r\n`);
    expect(await raw.until(/(BAD|NO) [^\n]*\n/)).toContain(answer);
  });

  it.each([
    ['FETCH 0 FLAGS', 'BAD Wrong message set'],
    ['FETCH 99999999999 FLAGS', 'BAD'],
    ['FETCH 2 FLAGS', 'BAD No such message'],
    ['FETCH 1 (BODY[1.])', 'OK'],
    ['FETCH 1 (BODY[MIME])', 'BAD Wrong body section'],
    ['FETCH 1 (BODY[HEADER.FIELDS])', 'BAD Wrong body section'],
    ['FETCH 1 ()', 'BAD Nothing to fetch'],
    ['FETCH 1 BODY[TEXT', 'BAD'],
    ['STORE 1 FLAGS (\\Recent)', 'BAD Unknown system flag'],
    ['SEARCH', 'BAD Nothing to search for'],
    [`SEARCH ${'NOT '.repeat(100)}ALL`, 'BAD Search is nested too deep'],
    ['SEARCH SINCE yesterday', 'BAD Wrong date'],
    ['SEARCH CHARSET KOI8-R ALL', 'NO [BADCHARSET'],
    ['CREATE INBOX', 'NO [ALREADYEXISTS]'],
    ['DELETE INBOX', 'NO [CANNOT]'],
    ['RENAME Archive Archive/x', 'NO [CANNOT]'],
    ['SELECT Nowhere', 'NO [NONEXISTENT]'],
    ['COPY 1 Nowhere', 'NO [TRYCREATE]'],
    ['APPEND INBOX {0+}\r\n', 'NO Message is empty'],
    ['APPEND INBOX "yesterday" {1+}\r\nx', 'BAD Wrong date'],
    ['LIST "" &AOQ', 'BAD Folder name is not modified UTF-7'],
  ])('%j is answered as it should', async (command, answer) => {
    host.server.mailbox(ANN.address).append('INBOX', mail('one', '<1@x>'));
    await login();
    await raw.say('SELECT INBOX');
    expect(await raw.say(command)).toContain(`t ${answer}`);
  });

  it('never breaks the server, whatever follows a command', async () => {
    host.server.mailbox(ANN.address).append('INBOX', mail('one', '<1@x>'));
    const names = [...imapCommands.keys()].filter(
      (name) => !['LOGOUT', 'IDLE', 'AUTHENTICATE'].includes(name)
    );
    const pieces = [
      '(',
      ')',
      '"',
      '\\',
      '[',
      ']',
      '<0.5>',
      '{3+}\r\nabc',
      '*',
      '1:*',
      'INBOX',
      'BODY',
      'HEADER',
      'ALL',
    ];
    const argument = fc.oneof(fc.constantFrom(...pieces, ' ', ' '), fc.string({ maxLength: 5 }));
    await login();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(argument, { maxLength: 12 }),
        async (name, parts) => {
          const text = parts
            .map((part) => (part.startsWith('{') ? part : part.replace(/[\r\n{]/g, '')))
            .join('');
          if (name === 'STARTTLS') return;
          await raw.say(`${name} ${text}`.trimEnd());
          expect(host.server.unexpectedErrors).toEqual([]);
        }
      ),
      { numRuns: 1500 }
    );
    expect(await raw.say('NOOP')).toContain('t OK');
  });

  it('behind STARTTLS in the clear is thrown away (CVE-2011-0411)', async () => {
    raw.send(`a STARTTLS\r\nb LOGIN ${ANN.address} ${ANN.password}\r\n`);
    expect(await raw.until(/a OK [^\n]*\n/)).toContain('Begin TLS');
    raw.close();
    expect(JSON.stringify(host.server.transcript)).not.toContain('LOGIN');
  });
});

describe('sequence numbers', () => {
  it('stay until the client was told of the EXPUNGE, which never comes outside of a command', async () => {
    const handle = host.server.mailbox(ANN.address);
    for (const id of ['<1@x>', '<2@x>', '<3@x>']) handle.append('INBOX', mail(id, id));
    await login();
    await raw.say('SELECT INBOX');
    handle.expunge('INBOX', [1]);
    handle.append('INBOX', mail('4', '<4@x>'));
    expect(await raw.until(/\* [^\n]*\n/)).toBe('* 4 EXISTS\r\n');
    expect(await raw.say('FETCH 1 (UID)')).toBe('* 1 FETCH (UID 1)\r\nt OK Done\r\n');
    expect(await raw.say('NOOP')).toBe('* 1 EXPUNGE\r\nt OK Done\r\n');
    expect(await raw.say('FETCH 1:* (UID)')).toMatch(
      /1 FETCH \(UID 2\)[^]*2 FETCH \(UID 3\)[^]*3 FETCH \(UID 4\)/
    );
  });

  it('of UID FETCH n:* above the last UID mean the last message', async () => {
    host.server.mailbox(ANN.address).append('INBOX', mail('1', '<1@x>'));
    await login();
    await raw.say('EXAMINE INBOX');
    expect(await raw.say('UID FETCH 50:* (FLAGS)')).toContain('* 1 FETCH (UID 1 FLAGS ())');
    expect(await raw.say('UID FETCH 50:60 (FLAGS)')).toBe('t OK Done\r\n');
  });
});

describe('reading', () => {
  it('sets \\Seen by BODY[] but neither by BODY.PEEK[] nor under EXAMINE', async () => {
    const handle = host.server.mailbox(ANN.address);
    handle.append('INBOX', mail('1', '<1@x>', 'Hello\r\n'));
    await login();
    await raw.say('EXAMINE INBOX');
    await raw.say('FETCH 1 BODY[]');
    await raw.say('SELECT INBOX');
    await raw.say('FETCH 1 BODY.PEEK[]');
    expect(handle.messages('INBOX')[0]?.flags).toEqual([]);
    expect(await raw.say('FETCH 1 BODY[TEXT]<1.3>')).toBe(
      '* 1 FETCH (FLAGS (\\Seen) BODY[TEXT]<1> {3}\r\nell)\r\nt OK Done\r\n'
    );
    expect(await raw.say('FETCH 1 BODY.PEEK[TEXT]<900.3>')).toContain('BODY[TEXT]<900> {0}\r\n)');
  });

  it('answers conditional STORE with what was not changed', async () => {
    const handle = host.server.mailbox(ANN.address);
    handle.append('INBOX', mail('1', '<1@x>'));
    handle.append('INBOX', mail('2', '<2@x>'));
    await login();
    const modSeq = Number(/HIGHESTMODSEQ (\d+)/.exec(await raw.say('SELECT INBOX'))?.[1]);
    handle.setFlags('INBOX', 2, ['\\Flagged']);
    expect(await raw.say(`UID STORE 1:2 (UNCHANGEDSINCE ${modSeq}) +FLAGS.SILENT (\\Seen)`)).toContain(
      '[MODIFIED 2]'
    );
    expect(handle.messages('INBOX').map(({ flags }) => flags)).toEqual([['\\Seen'], ['\\Flagged']]);
  });
});
