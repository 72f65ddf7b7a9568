import { type RefusalCode, refuse } from '@orderlane/domain/refusal';
import type { ReadBody } from '@orderlane/signals/webhook-call';

/** Reads the whole body; of one that is compressed, too large or too slow the rest is not read. */
export async function readBody(
  request: Request,
  limits: { maxBytes: number; withinMs: number },
): Promise<ReadBody> {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') return unread('malformed_body', compressedText(encoding));
  const patience = Promise.withResolvers<ReadBody>();
  const timer = setTimeout(() => patience.resolve(unread('body_incomplete')), limits.withinMs);
  // Whoever hangs up is not answered, but what came of the call is recorded.
  const whole = readWhole(request, limits.maxBytes).catch(() => unread('body_incomplete'));
  try {
    return await Promise.race([whole, patience.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function readWhole(request: Request, maxBytes: number): Promise<ReadBody> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) {
    return unread('body_too_large');
  }
  if (request.body === null) return { ok: true, bytes: Buffer.alloc(0) };
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.length;
    if (size > maxBytes) return unread('body_too_large');
    chunks.push(chunk);
  }
  return { ok: true, bytes: Buffer.concat(chunks) };
}

function unread(code: RefusalCode, text?: string): ReadBody {
  return { ok: false, refusal: refuse(code, text === undefined ? {} : { text }) };
}

function compressedText(encoding: string): string {
  return `The body is compressed (content-encoding ${encoding}): send it as it is`;
}
