import { listSealedBoxes, type NamedBox } from '@orderlane/db/sealed-boxes';
import {
  openSecretBox,
  type SecretBox,
  SecretBoxError,
  sealedKeyId,
} from '@orderlane/runtime/secret-box';
import type { Answer, Cli } from '../cli.ts';
import { readSecretConfig } from '../config.ts';
import { type Column, formatTable } from '../table.ts';
import { withDb } from '../with-db.ts';

interface ListedSecret {
  what: string;
  key_id: string | null;
  /** `current` and `old` open. */
  state: 'current' | 'old' | 'unknown key' | 'altered';
}

const columns: Column<ListedSecret>[] = [
  { title: 'SECRET OF', of: ({ what }) => what, shrinks: true },
  { title: 'SEALED UNDER', of: (secret) => secret.key_id },
  { title: 'STATE', of: ({ state }) => state },
];

/** Under which secret key each secret is sealed, and whether it opens. */
export async function listKeys(cli: Cli): Promise<Answer> {
  const box = openSecretBox(readSecretConfig(cli.environment));
  const secrets = (await withDb(cli, listSealedBoxes)).map((secret) => listed(box, secret));
  const ours = `ORDERLANE_SECRET_KEY is key ${box.keyId}`;
  const text = secrets.length === 0 ? 'Nothing is sealed yet' : formatTable(columns, secrets);
  return { data: { key_id: box.keyId, secrets }, text: `${ours}\n${text}` };
}

function listed(box: SecretBox, { what, box: sealed }: NamedBox): ListedSecret {
  return { what, key_id: sealedKeyId(sealed) ?? null, state: stateOf(box, sealed) };
}

function stateOf(box: SecretBox, sealed: string): ListedSecret['state'] {
  const under = box.sealedUnder(sealed);
  if (under === 'foreign') return 'unknown key';
  try {
    box.open(sealed);
  } catch (error) {
    if (error instanceof SecretBoxError) return 'altered';
    throw error;
  }
  return under === 'old' ? 'old' : 'current';
}
