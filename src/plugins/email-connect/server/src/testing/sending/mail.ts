import { EmailConnectError } from '../../domain/errors';
import { orGivenUp } from '../../domain/give-up';
import type { ImapSession, Ports, ServerAccess } from '../../ports';
import { refusal } from '../fakes/fake-folder';
import { visibleIn } from '../world/server/mailbox';
import { modelSession, unwatched } from '../world/server/session';
import type { Connection } from '../world/server/session';
import { passwordOf } from './handover';
import type { CallName } from './history';
import type { SendingProcess } from './process';
import type { SendingWorld } from './world';

const text = new TextDecoder();
const bytes = new TextEncoder();

/** The mail servers that are read, and what mail is made of, as a process sees them. */
export const mailPorts = (
  world: SendingWorld,
  process: SendingProcess,
  reading: Ports
): Pick<Ports, 'imap' | 'mime' | 'attachments'> => {
  const ask = <Result>(work: () => Result): Promise<Result> => process.call('other', work, 'file');
  return {
    imap: {
      connect: (access, signal) =>
        orGivenUp(
          signal,
          process.call('imap', () => sessionOf(world, process, letIn(access), signal))
        ),
      test: (access, signal) =>
        orGivenUp(
          signal,
          process.call('imap', () =>
            world.inboxNamed(letIn(access)).mailbox.folders.map(({ path, specialUse, objectId }) => ({
              folderPath: path,
              specialUse,
              objectId,
              delimiter: '/',
              selectable: true,
            }))
          )
        ),
    },
    mime: {
      ...reading.mime,
      composeMessage: (message) => once(bytes.encode(world.compose(message).key)),
      htmlToText: (html) => html,
    },
    attachments: {
      save: async (content) => {
        let whole = '';
        for await (const piece of content) whole += text.decode(piece);
        const storageKey = `file of ${whole}`;
        return ask(() => {
          world.files.set(storageKey, whole);
          return { storageKey, sha256: storageKey, size: whole.length };
        });
      },
      open: (storageKey) =>
        ask(() => {
          const whole = world.files.get(storageKey);
          if (whole === undefined) throw refusal('ATTACHMENT_NOT_STORED');
          return once(bytes.encode(whole));
        }),
      remove: (storageKey) => ask(() => void world.files.delete(storageKey)),
      measure: notAsked,
      ...noSweeps,
    },
  };
};

const notAsked = (): Promise<never> => Promise.reject(new Error('Nobody asks for it.'));
const noSweeps: Pick<Ports['attachments'], 'listSavedBefore' | 'removeSavedBefore' | 'tidyUp'> = {
  listSavedBefore: () => {
    throw new Error('Nobody asks for it.');
  },
  removeSavedBefore: notAsked,
  tidyUp: notAsked,
};

const letIn = ({ username, password }: ServerAccess): string => {
  if (password !== passwordOf(username)) throw refusal('LOGIN_REFUSED');
  return username;
};

const sessionOf = (
  world: SendingWorld,
  process: SendingProcess,
  username: string,
  signal: AbortSignal
): ImapSession => {
  const { mailbox } = world.inboxNamed(username);
  let isBroken = false;
  const broken = () => new EmailConnectError('CONNECTION_LOST', 'It broke.', 'Wait.');
  const call = <Result>(work: () => Result | Promise<Result>, name: CallName): Promise<Result> =>
    orGivenUp(
      signal,
      process.call(
        'imap',
        () => {
          if (isBroken || signal.aborted) throw broken();
          return work();
        },
        name
      )
    );
  const connection: Connection = {
    dropsRow: false,
    breakConnection: () => {
      isBroken = true;
    },
    call: (_, work) => call(work, 'any'),
  };
  const folderAt = (path: string) => {
    const folder = mailbox.find(path);
    if (!folder) throw refusal('FOLDER_UNREADABLE');
    return folder;
  };
  const session = modelSession(mailbox, connection, unwatched);
  return {
    ...session,
    watch: (path, onChange) =>
      call(() => {
        world.watches.set(folderAt(path), () => {
          if (!process.isDead && !isBroken && !signal.aborted) onChange();
        });
      }, 'any'),
    findByMessageId: (path, messageId) =>
      call(
        () =>
          visibleIn(folderAt(path))
            .filter(({ mail }) => mail.headers.messageId === messageId)
            .map(({ imapUid }) => imapUid as Awaited<ReturnType<ImapSession['findByMessageId']>>[number]),
        'find'
      ),
    append: (path, source) =>
      call(() => {
        const ending = world.nextAppend() ?? { kind: 'done' };
        if (ending.kind === 'refused') throw refusal('SERVER_REFUSED');
        const executedAfter = ending.kind === 'done' ? 0 : ending.executedAfter;
        world.append(folderAt(path), world.mailNamed(text.decode(source)), executedAfter);
        if (ending.kind === 'done') return null;
        if (ending.kind === 'killed') process.die();
        isBroken = true;
        throw broken();
      }, 'append'),
  };
};

async function* once(piece: Uint8Array) {
  yield piece;
}
