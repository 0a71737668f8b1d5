import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import type { Certificate } from './certificate';
import type { Faults } from './faults';
import { listen } from './listen';
import { smtpLogger } from './smtp-transcript';
import type { MailStore, UserMailbox } from './store';
import type { Transcript } from './transcript';

export interface SmtpWorld {
  store: MailStore;
  faults: Faults;
  transcript: Transcript;
  offersStartTls: boolean;
  maxMessageBytes: number;
  /** Puts one message into one INBOX. `raw` has its trace fields already. */
  deliver(to: UserMailbox, rcptTo: string, raw: Buffer): void;
}

export interface SmtpServer {
  port: number;
  tlsPort: number;
  close(): Promise<void>;
}

/** Message submission (RFC 6409) on two ports: with STARTTLS, and under TLS from the first byte (RFC 8314). */
export const startSmtp = async (
  world: SmtpWorld,
  options: { host: string; port: number; tls: Certificate }
): Promise<SmtpServer> => {
  const sockets = new Map<number, Socket>();
  const servers = [false, true].map((secure) => {
    const server = new SMTPServer({
      ...new Submission(world, sockets).hooks(),
      secure,
      key: options.tls.key,
      cert: options.tls.cert,
      name: 'mail.localhost',
      size: world.maxMessageBytes,
      rejectOversized: true,
      authMethods: ['PLAIN', 'LOGIN', ...(world.store.hasTokens ? ['XOAUTH2'] : [])],
      disabledCommands: world.offersStartTls ? [] : ['STARTTLS'],
      disableReverseLookup: true,
      logger: smtpLogger(world.transcript),
    });
    // A client that vanishes is no failure of the server.
    server.on('error', () => undefined);
    server.server.on('connection', (socket: Socket) => {
      const port = socket.remotePort ?? 0;
      const forget = world.faults.onDrop(() => socket.destroy());
      sockets.set(port, socket);
      socket.on('close', () => {
        sockets.delete(port);
        forget();
      });
    });
    return server;
  });
  const [plain, secure] = servers;
  if (!plain || !secure) throw new Error('Both SMTP servers were just made.');
  return {
    port: await listen(plain.server, options.port, options.host),
    tlsPort: await listen(secure.server, 0, options.host),
    close: async () => {
      const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      for (const socket of sockets.values()) socket.destroy();
      await Promise.all(closed);
    },
  };
};

/** A refusal with its SMTP code. */
class SmtpRefusal extends Error {
  override readonly name = 'SmtpRefusal';

  constructor(
    readonly responseCode: number,
    text: string
  ) {
    super(text);
  }
}

/** The decisions of the server, one hook a step. */
class Submission {
  private queued = 0;

  constructor(
    private readonly world: SmtpWorld,
    private readonly sockets: ReadonlyMap<number, Socket>
  ) {}

  hooks(): Pick<SMTPServerOptions, 'onConnect' | 'onAuth' | 'onMailFrom' | 'onRcptTo' | 'onData'> {
    const { store, faults } = this.world;
    return {
      onConnect: (session, done) => {
        if (faults.isHidden('STARTTLS')) session.disabledCommands = ['STARTTLS'];
        done();
      },
      onAuth: (auth, session, done) => {
        const { username = '', password, accessToken } = auth;
        const user = accessToken
          ? store.loginByToken(username, accessToken)
          : store.login(username, password ?? '');
        const accepted = user && !faults.rejectLogins;
        const refused = new SmtpRefusal(535, '5.7.8 Authentication credentials invalid');
        void this.step('SMTP AUTH', session, () => undefined).then((error) => {
          if (error ?? !accepted) done(error ?? refused);
          else done(null, { user: user.address });
        });
      },
      onMailFrom: (_address, session, done) =>
        void this.step('SMTP MAIL', session, () => undefined).then(done),
      onRcptTo: ({ address }, session, done) =>
        void this.step('SMTP RCPT', session, () => this.refusalOf(address)).then(done),
      onData: (stream, session, done) => {
        this.receive(stream, session).then(
          (answer) => (answer instanceof Error ? done(answer) : done(null, answer)),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error)))
        );
      },
    };
  }

  private refusalOf(address: string): SmtpRefusal | undefined {
    if (this.world.store.recipient(address)) return undefined;
    const domain = address.slice(address.lastIndexOf('@') + 1);
    return this.world.store.hasDomain(domain)
      ? new SmtpRefusal(550, `5.1.1 <${address}>: Recipient address rejected: User unknown`)
      : new SmtpRefusal(550, `5.7.1 <${address}>: Relay access denied`);
  }

  private async receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string | Error> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) if (Buffer.isBuffer(chunk) && !stream.sizeExceeded) chunks.push(chunk);
    if (stream.sizeExceeded) return new SmtpRefusal(552, '5.3.4 Message too big');
    const effect = this.world.faults.take('SMTP DATA');
    const refused = await this.suffer(effect?.do === 'drop-after' ? undefined : effect, session);
    if (refused) return refused;
    const id = this.deliver(Buffer.concat(chunks), session);
    if (effect?.do === 'drop-after') return this.cut(session);
    return `2.0.0 Ok: queued as ${id}`;
  }

  private deliver(raw: Buffer, session: SMTPServerSession): string {
    this.queued += 1;
    const id = `${Date.now().toString(16)}${this.queued.toString(16).padStart(4, '0')}`.toUpperCase();
    const { mailFrom, rcptTo } = session.envelope;
    for (const { address } of rcptTo) {
      const user = this.world.store.recipient(address);
      // RFC 5321 section 4.4: the last server writes Return-Path, every server Received.
      const trace =
        `Return-Path: <${mailFrom ? mailFrom.address : ''}>\r\n` +
        // As in Postfix and Dovecot: a Bcc recipient shows nowhere else.
        `Delivered-To: ${address}\r\n` +
        `Received: from ${session.hostNameAppearsAs} (${session.clientHostname})\r\n` +
        `\tby mail.localhost with ${session.transmissionType} id ${id}\r\n` +
        `\tfor <${address}>; ${new Date().toUTCString().replace('GMT', '+0000')}\r\n`;
      if (user) this.world.deliver(user, address, Buffer.concat([Buffer.from(trace), raw]));
    }
    return id;
  }

  /** The answer to one step: a fault that is due, else what `decide` says. */
  private async step(
    command: string,
    session: SMTPServerSession,
    decide: () => SmtpRefusal | undefined
  ): Promise<SmtpRefusal | undefined> {
    return (await this.suffer(this.world.faults.take(command), session)) ?? decide();
  }

  private async suffer(
    effect: ReturnType<Faults['take']>,
    session: SMTPServerSession
  ): Promise<SmtpRefusal | undefined> {
    const { delayMs } = this.world.faults;
    if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
    if (!effect) return undefined;
    if (effect.do === 'answer') return new SmtpRefusal(Number(effect.text.slice(0, 3)), effect.text.slice(4));
    if (effect.do === 'ignore') return new Promise(() => undefined);
    if (effect.do !== 'delay') return this.cut(session);
    await sleep(effect.ms, undefined, { ref: false });
    return undefined;
  }

  private cut(session: SMTPServerSession): SmtpRefusal {
    this.sockets.get(session.remotePort)?.destroy();
    return new SmtpRefusal(421, '4.4.2 Connection cut');
  }
}
