import { html } from 'hono/html';
import { errorLine, type Html, layout } from './layout.ts';

export interface SignInPage {
  /** Where to go afterwards. */
  next: string;
  error?: string | undefined;
  email?: string | undefined;
}

export function signInPage({ next, error, email = '' }: SignInPage): Html {
  return layout(
    'Sign in',
    html`${errorLine(error)}
<form method="post" action="/sign-in">
<input type="hidden" name="next" value="${next}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${email}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Sign in</button>
</form>`,
  );
}

/** Asks for the second factor, or for a backup code where the telephone is lost. */
export function secondFactorPage({ next, error }: SignInPage): Html {
  return layout(
    'Second factor',
    html`${errorLine(error)}
<form method="post" action="/sign-in/two-factor">
<input type="hidden" name="next" value="${next}">
<label for="code">Code of the app, or a backup code</label>
<input id="code" name="code" autocomplete="one-time-code" required autofocus>
<button>Go on</button>
</form>`,
  );
}
