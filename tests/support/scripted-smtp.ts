import { createServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { makeCertificate } from './certificates';
import { listenScripted, pour } from './scripted-server';
import type { Pieces, ScriptedServer } from './scripted-server';

export interface SmtpScript {
  /** The lines after EHLO's first; default: a login with PLAIN. */
  extensions?: string[];
  /** The answer to a command; null: the usual one; `silence`: none; `cut`: none, the connection is cut. */
  answer?: (command: string) => string | 'cut' | 'silence' | Pieces | null;
  /** Some bytes of a message came, but not all of it. */
  onMessageBytes?: () => void;
  /** A message came whole, with its dot. */
  onMessage?: () => void;
  /** What happens when so many bytes of message have come: the connection is cut. */
  cutAfterBytes?: number;
  /** What happens after the final dot; default: 250. */
  afterMessage?: string | 'cut' | 'silence';
}

const usual = (command: string): string => {
  if (/^DATA/i.test(command)) return '354 Go on';
  if (/^AUTH/i.test(command)) return '235 2.7.0 ok';
  if (/^QUIT/i.test(command)) return '221 bye';
  return '250 2.0.0 ok';
};

/** What came whole. */
interface Received {
  messages: string[];
}

/** A submission server over TLS that does exactly what a test tells it, down to cutting the connection. */
export const startScriptedSmtp = async ({
  extensions = ['AUTH PLAIN'],
  answer = () => null,
  cutAfterBytes = Infinity,
  afterMessage = '250 2.0.0 ok',
  onMessageBytes = () => undefined,
  onMessage = () => undefined,
}: SmtpScript): Promise<ScriptedServer & Received> => {
  const certificate = await makeCertificate();
  const commands: string[] = [];
  const messages: string[] = [];
  const sockets = new Set<TLSSocket>();
  const ehlo = ['mail.test', ...extensions];
  const greetingOf = () =>
    ehlo.map((line, i) => `250${i === ehlo.length - 1 ? ' ' : '-'}${line}`).join('\r\n');

  const server = createServer({ cert: certificate.cert, key: certificate.key }, (socket) => {
    sockets.add(socket.on('error', () => undefined));
    let rest = '';
    let inMessage = false;
    const say = (text: string) => {
      if (text === 'cut') socket.destroy();
      else if (text !== 'silence') socket.write(`${text}\r\n`);
    };
    const takeMessage = () => {
      if (rest.length >= cutAfterBytes) return socket.destroy();
      const end = rest.indexOf('\r\n.\r\n');
      if (end < 0) return onMessageBytes();
      messages.push(rest.slice(0, end + 2));
      onMessage();
      rest = rest.slice(end + 5);
      inMessage = false;
      say(afterMessage);
    };
    const takeCommands = () => {
      for (let end = rest.indexOf('\r\n'); end >= 0 && !inMessage; end = rest.indexOf('\r\n')) {
        const command = rest.slice(0, end);
        rest = rest.slice(end + 2);
        commands.push(command);
        const said = answer(command) ?? (/^EHLO/i.test(command) ? greetingOf() : usual(command));
        inMessage = typeof said === 'string' && said.startsWith('354');
        if (typeof said === 'string') say(said);
        else void pour(socket, said);
      }
    };
    say('220 mail.test ESMTP');
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      takeCommands();
      if (inMessage) takeMessage();
    });
  });
  return { ...(await listenScripted(server, sockets, certificate, commands)), messages };
};
