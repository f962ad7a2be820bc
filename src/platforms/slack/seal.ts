import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { UserError } from '../../model/errors.ts';

/** Encrypts stored tokens. AES-256-GCM (NIST SP 800-38D) under a key drawn from `TUMEN_SECRET` by HKDF (RFC 5869). */
export interface Seal {
  /** `v1.<iv>.<tag>.<text>`, base64url. @param name binds the text to its row: it opens nowhere else */
  close(text: string, name: string): string;
  /** @throws UserError where the secret is not the one it was closed with */
  open(sealed: string, name: string): string;
}

const LEAST_SECRET = 16;

export function createSeal(secret: string): Seal {
  if (secret.length < LEAST_SECRET)
    throw new UserError('secret', 'TUMEN_SECRET is too short to encrypt tokens with', {
      hint: 'Make one with: openssl rand -hex 32',
    });
  const key = new Uint8Array(hkdfSync('sha256', secret, 'tumen', 'installations', 32));
  return {
    close(text, name) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return ['v1', ...[iv, cipher.getAuthTag(), body].map((bytes) => bytes.toString('base64url'))].join('.');
    },
    open(sealed, name) {
      const [version, iv, tag, body] = sealed.split('.');
      try {
        if (version !== 'v1' || !iv || !tag || body === undefined) throw new Error('not a sealed text');
        const bytes = (part: string) => Buffer.from(part, 'base64url');
        const decipher = createDecipheriv('aes-256-gcm', key, bytes(iv))
          .setAAD(Buffer.from(name))
          .setAuthTag(bytes(tag));
        return Buffer.concat([decipher.update(bytes(body)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new UserError('secret', `a stored token (${name}) does not open with this TUMEN_SECRET`, {
          hint: 'Set the TUMEN_SECRET it was stored with, or install tumen in that workspace again.',
          cause,
        });
      }
    },
  };
}
