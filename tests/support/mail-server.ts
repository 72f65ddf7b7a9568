import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export const mailPassword = 'p@ss-0123';

export interface MailServer extends AsyncDisposable {
  port: number;
  mails: { from: string; to: string[]; source: string }[];
}

/** A mail server on 127.0.0.1 that knows one user, `ops`. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const mails: MailServer['mails'] = [];
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onAuth: ({ username, password }, _session, done) => {
      const isKnown = username === 'ops' && password === mailPassword;
      done(isKnown ? null : new Error(`no such user ${password}`), isKnown ? { user: 'ops' } : {});
    },
    onData: (stream, { envelope }, done) => {
      void text(stream).then((source) => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), source });
        done();
      });
    },
    ...options,
  });
  // Callers that break off are none of its business.
  server.on('error', () => undefined);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const listening = server.listen(0, '127.0.0.1', () => resolve(undefined));
  await promise;
  const bound = listening.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    port,
    mails,
    [Symbol.asyncDispose]: async () => {
      const closed = Promise.withResolvers<undefined>();
      server.close(() => closed.resolve(undefined));
      await closed.promise;
    },
  };
}
