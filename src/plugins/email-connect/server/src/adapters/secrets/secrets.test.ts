import { createHmac, hkdfSync } from 'node:crypto';
import { EmailConnectError } from '../../domain/errors';
import { createSecrets } from '.';

const OLD = { secret: 'an old secret, long enough to be one' };
const NEW = { secret: 'a new secret, long enough to be one' };

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return error instanceof EmailConnectError ? error.code : String(error);
  }
  return 'nothing thrown';
};

describe('secrets (S36)', () => {
  it('opens what it sealed', () => {
    const secrets = createSecrets([NEW]);
    for (const plainText of ['', 'hunter2', 'pässwörd 🔑', 'x'.repeat(10_000)]) {
      expect(secrets.open(secrets.seal(plainText, 'inbox-1'), 'inbox-1')).toBe(plainText);
    }
  });

  it('never shows the secret, and never seals twice alike', () => {
    const secrets = createSecrets([NEW]);
    const sealed = secrets.seal('hunter2', 'inbox-1');
    expect(sealed).toMatch(/^v1\.[\w-]{8}\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/);
    expect(Buffer.from(sealed.split('.')[4]!, 'base64url').toString('latin1')).not.toContain('hunter2');
    expect(secrets.seal('hunter2', 'inbox-1')).not.toBe(sealed);
  });

  it('refuses a row that was moved to another owner', () => {
    const secrets = createSecrets([NEW]);
    const sealed = secrets.seal('hunter2', 'inbox-1');
    expect(codeOf(() => secrets.open(sealed, 'inbox-2'))).toBe('KEY_WRONG');
  });

  it('refuses a sealed text of which any character was changed', () => {
    const secrets = createSecrets([NEW]);
    const sealed = secrets.seal('hunter2', 'inbox-1');
    const lastOfField = /.(?=\.|$)/g; // its low bits may be padding that carries nothing
    const padding = new Set([...sealed.matchAll(lastOfField)].map((match) => match.index));
    for (let at = 0; at < sealed.length; at += 1) {
      if (padding.has(at)) continue;
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(codeOf(() => secrets.open(changed, 'inbox-1'))).toBe('KEY_WRONG');
    }
  });

  it('refuses a shortened authentication tag', () => {
    const secrets = createSecrets([NEW]);
    const [version, id, iv, tag, text] = secrets.seal('hunter2', 'inbox-1').split('.');
    const short = Buffer.from(tag!, 'base64url').subarray(0, 4).toString('base64url');
    expect(codeOf(() => secrets.open([version, id, iv, short, text].join('.'), 'inbox-1'))).toBe('KEY_WRONG');
  });

  it.each(['', 'hunter2', 'v2.a.b.c.d', 'v1.a.b.c', 'v1.a.b.c.d.e'])(
    'refuses %p, which it never wrote',
    (sealed) => {
      expect(codeOf(() => createSecrets([NEW]).open(sealed, 'inbox-1'))).toBe('KEY_WRONG');
    }
  );

  it('refuses what another key sealed, also under a borrowed key id', () => {
    const sealed = createSecrets([{ ...OLD, id: 'a' }]).seal('hunter2', 'inbox-1');
    expect(codeOf(() => createSecrets([{ ...NEW, id: 'b' }]).open(sealed, 'inbox-1'))).toBe('KEY_WRONG');
    expect(codeOf(() => createSecrets([{ ...NEW, id: 'a' }]).open(sealed, 'inbox-1'))).toBe('KEY_WRONG');
  });

  it('rotates: opens with every listed key, seals with the first', () => {
    const sealedBefore = createSecrets([OLD]).seal('hunter2', 'inbox-1');
    const rotated = createSecrets([NEW, OLD]);
    expect(rotated.open(sealedBefore, 'inbox-1')).toBe('hunter2');
    const sealedAfter = rotated.seal('hunter2', 'inbox-1');
    expect(createSecrets([NEW]).open(sealedAfter, 'inbox-1')).toBe('hunter2');
    expect(codeOf(() => createSecrets([OLD]).open(sealedAfter, 'inbox-1'))).toBe('KEY_WRONG');
  });

  it.each([[[]], [[{ secret: '' }]], [[{ secret: '  ' }]]])(
    'says what to do when there is no key: %j',
    (keys) => {
      const secrets = createSecrets(keys);
      expect(codeOf(() => secrets.assertKey())).toBe('KEY_MISSING');
      expect(codeOf(() => secrets.seal('a', 'b'))).toBe('KEY_MISSING');
      expect(codeOf(() => secrets.open('v1.a.b.c.d', 'b'))).toBe('KEY_MISSING');
      expect(codeOf(() => secrets.sign('a'))).toBe('KEY_MISSING');
      expect(codeOf(() => secrets.documentIdOf('a'))).toBe('KEY_MISSING');
      expect(() => secrets.assertKey()).toThrow(
        expect.objectContaining({ nextStep: expect.stringContaining('ENCRYPTION_KEY') })
      );
    }
  );

  it('refuses a key id that would break the sealed form', () => {
    expect(codeOf(() => createSecrets([{ id: 'a.b', secret: 'x' }]))).toBe('INPUT_INVALID');
  });
});

describe('sign', () => {
  it('is the head of HMAC-SHA256 under its own sub-key, in lower-case base32', () => {
    const signingKey = Buffer.from(hkdfSync('sha256', NEW.secret, '', 'email-connect/sign/v1', 32));
    const bits = [...createHmac('sha256', signingKey).update('t.abc').digest()]
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('');
    const expected = Array.from(
      { length: 10 },
      (_, at) => 'abcdefghijklmnopqrstuvwxyz234567'[parseInt(bits.slice(at * 5, at * 5 + 5), 2)]
    );
    expect(createSecrets([NEW]).sign('t.abc')).toBe(expected.join(''));
  });

  it('differs by text and by key, and stays the same otherwise', () => {
    const secrets = createSecrets([NEW]);
    expect(secrets.sign('a')).toBe(createSecrets([NEW]).sign('a'));
    expect(secrets.sign('a')).not.toBe(secrets.sign('b'));
    expect(secrets.sign('a')).not.toBe(createSecrets([OLD]).sign('a'));
  });
});

describe('documentIdOf', () => {
  const keys = Array.from({ length: 2_000 }, (_, i) => `root <${i}@customer.example>`);

  it('is of the form that Strapi never takes for a row id, another for every key', () => {
    const made = keys.map((key) => createSecrets([NEW]).documentIdOf(key));
    expect(made.filter((documentId) => !/^[a-z][a-z0-9]{23}$/.test(documentId))).toEqual([]);
    expect(new Set(made).size).toBe(keys.length);
  });

  it('P2: is the same in every process, and after a new encryption key was put in front', () => {
    const before = createSecrets([OLD]).documentIdOf('root a@b');
    expect(createSecrets([OLD]).documentIdOf('root a@b')).toBe(before);
    expect(createSecrets([NEW, OLD]).documentIdOf('root a@b')).toBe(before);
  });

  it('cannot be foreseen without the key, nor told from what is signed', () => {
    const secrets = createSecrets([NEW]);
    expect(secrets.documentIdOf('root a@b')).not.toBe(createSecrets([OLD]).documentIdOf('root a@b'));
    expect(secrets.documentIdOf('root a@b').slice(0, 10)).not.toBe(secrets.sign('root a@b'));
  });
});
