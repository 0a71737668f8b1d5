import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { selfSignedCertificate, startMailServer } from './index';

/**
 * The mail server as a process of its own: its options come in one JSON argument, its ports go out as one JSON line.
 */
export interface MailServerProcessArguments {
  /** The certificate is written here, for clients that have to trust it. */
  dir: string;
  users: { address: string; password: string }[];
}

export interface MailServerProcessReady {
  imapPort: number;
  imapsPort: number;
  smtpPort: number;
  smtpsPort: number;
  certificateFile: string;
}

const main = async ({ dir, users }: MailServerProcessArguments): Promise<void> => {
  const tls = await selfSignedCertificate(['localhost']);
  await mkdir(dir, { recursive: true });
  const certificateFile = path.join(dir, 'certificate.pem');
  await writeFile(certificateFile, tls.cert);
  const { imapPort, imapsPort, smtpPort, smtpsPort } = await startMailServer({ users, tls });
  const ready: MailServerProcessReady = { imapPort, imapsPort, smtpPort, smtpsPort, certificateFile };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
};

void main(JSON.parse(process.argv[2] ?? '{}') as MailServerProcessArguments);
