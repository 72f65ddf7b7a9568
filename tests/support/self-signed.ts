import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A key and a certificate for 127.0.0.1 that only its maker trusts, as PEM. */
interface SelfSigned {
  key: string;
  cert: string;
}

const oid = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
};

/** Node makes keys but no certificates, and a machine need not have openssl: so this writes the DER. */
export function createSelfSigned(): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const toBeSigned = writeToBeSigned(publicKey);
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = sequence(
    toBeSigned,
    sequence(objectId(oid.ecdsaWithSha256)),
    der(0x03, Buffer.from([0]), signature),
  );
  const base64 = certificate.toString('base64').replaceAll(/(.{64})/g, '$1\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
  };
}

function writeToBeSigned(publicKey: KeyObject): Buffer {
  const name = sequence(
    der(0x31, sequence(objectId(oid.commonName), der(0x0c, Buffer.from('orderlane test')))),
  );
  const loopback = der(0x87, Buffer.from([127, 0, 0, 1]));
  const extensions = sequence(
    extension(oid.subjectAltName, sequence(loopback)),
    extension(oid.basicConstraints, sequence(der(0x01, Buffer.from([0xff])))),
  );
  return sequence(
    der(0xa0, integer(2)),
    integer(1),
    sequence(objectId(oid.ecdsaWithSha256)),
    name,
    sequence(utcTime('250101000000Z'), utcTime('491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
}

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...contents: Buffer[]) => der(0x30, ...contents);
const integer = (value: number) => der(0x02, Buffer.from([value]));
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const utcTime = (text: string) => der(0x17, Buffer.from(text));
const extension = (id: string, value: Buffer) => sequence(objectId(id), der(0x04, value));
