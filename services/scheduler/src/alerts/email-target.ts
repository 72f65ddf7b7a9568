import { createTransport } from 'nodemailer';
import type { AlertTarget, Sending } from './alert-target.ts';
import { mailError } from './mail-error.ts';
import { withinTime } from './within-time.ts';

export interface Mailbox {
  /** `smtp://user:password@host:587` (STARTTLS) or `smtps://user:password@host:465` (TLS from the start). */
  smtpUrl: string;
  /** Whether a server of `smtp://` that offers no TLS is spoken to all the same. */
  tls: 'required' | 'if-offered';
  from: string;
  to: readonly string[];
  timeoutMs: number;
}

const longestSubject = 120;

/**
 * Mail to people, in plain text: nothing that a signal says can become markup. A certificate that nobody
 * vouches for is refused; NODE_EXTRA_CA_CERTS names authorities of one's own.
 */
export function createEmailTarget(mailbox: Mailbox): AlertTarget {
  const { smtpUrl, tls, from, to, timeoutMs } = mailbox;
  return {
    name: 'email',
    send: async ({ code, text }) => {
      const transport = createTransport({
        url: smtpUrl,
        requireTLS: tls === 'required',
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        // A text is a text: none of it is looked up as a file or an address.
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const message = {
        ...{ from, to: [...to], text: text.toWellFormed() },
        subject: subjectOf(code, text),
        // So that no absence is answered.
        headers: { 'auto-submitted': 'auto-generated' },
      };
      try {
        await withinTime(transport.sendMail(message), timeoutMs);
        return { kind: 'sent' };
      } catch (error) {
        return failedBy(error);
      } finally {
        transport.close();
      }
    },
  };
}

/** The first line, which says what happened and to whom; a header holds no line break. */
function subjectOf(code: string, text: string): string {
  const [first = ''] = text.split('\n');
  const words = first.startsWith(code) ? first : `${code}: ${first}`;
  return `[Orderlane] ${words.slice(0, longestSubject).toWellFormed()}`;
}

function failedBy(error: unknown): Sending {
  const { words, isAboutMessage } = mailError(error);
  return { kind: 'failed', error: words, isRefused: isAboutMessage, retryAfterMs: 0 };
}
