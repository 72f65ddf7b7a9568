import { z } from 'zod';

const failure = z.object({
  name: z.string().catch('Error'),
  /** nodemailer's, or the socket's. */
  code: z.string().optional().catch(undefined),
  /** SMTP's, where the server answered. */
  responseCode: z.number().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
});

/**
 * What went wrong with a mail, in words that hold no address and no password: the server's own text may.
 * A server that takes offence at the content says so after DATA, for good (5xx).
 */
export function mailError(error: unknown): { words: string; isAboutMessage: boolean } {
  const parsed = failure.safeParse(error);
  if (!parsed.success) return { words: 'unknown', isAboutMessage: false };
  const { name, code, responseCode, command } = parsed.data;
  if (name === 'TimeoutError') return { words: 'no answer in time', isAboutMessage: false };
  const words = [code ?? name, ...(responseCode === undefined ? [] : [`SMTP ${responseCode}`])];
  const isAboutMessage = command === 'DATA' && (responseCode ?? 0) >= 500;
  return { words: words.join(' '), isAboutMessage };
}
