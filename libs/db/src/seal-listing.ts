import { digestBytes } from './order-event-rows.ts';

/** A row as its seal knows it. */
export interface ListedRow {
  seq: number;
  digest: Buffer;
}

const seqBytes = 8;
const rowBytes = seqBytes + digestBytes;

/** @param rows in the order of their numbers */
export function writeListing(rows: readonly ListedRow[]): Buffer {
  const listing = Buffer.alloc(rows.length * rowBytes);
  for (const [index, { seq, digest }] of rows.entries()) {
    listing.writeBigUInt64BE(BigInt(seq), index * rowBytes);
    digest.copy(listing, index * rowBytes + seqBytes);
  }
  return listing;
}

/** Whatever the bytes are: a listing that was tampered with has rows that nothing fits. */
export function readListing(listing: Buffer): ListedRow[] {
  const rows: ListedRow[] = [];
  for (let at = 0; at + rowBytes <= listing.length; at += rowBytes) {
    const seq = Number(listing.readBigUInt64BE(at));
    rows.push({ seq, digest: listing.subarray(at + seqBytes, at + rowBytes) });
  }
  return rows;
}
