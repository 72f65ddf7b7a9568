import { html } from 'hono/html';
import { passwordLength } from '../auth/password-length.ts';
import { errorLine, type Html, layout } from './layout.ts';

export interface LinkPage {
  token: string;
  /** Whose password is set; null: the first administrator's, who is asked for an e-mail. */
  email: string | null;
  /** What the first administrator's e-mail is likely to be. */
  suggestedEmail?: string | undefined;
  error?: string | undefined;
}

/** Where a one-time link leads: choose a password. */
export function linkPage({ token, email, suggestedEmail = '', error }: LinkPage): Html {
  const title = email === null ? 'First administrator' : `Password of ${email}`;
  const asked =
    email === null
      ? html`<label for="email">Your e-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${suggestedEmail}">`
      : html``;
  return layout(
    title,
    html`${errorLine(error)}
<form method="post" action="/sign-in/link">
<input type="hidden" name="token" value="${token}">
${asked}
<label for="password">Password, at least ${passwordLength.min} characters</label>
<input id="password" name="password" type="password" autocomplete="new-password" required minlength="${passwordLength.min}" maxlength="${passwordLength.max}">
<button>Save and sign in</button>
</form>`,
  );
}

export function linkInvalidPage(error: string): Html {
  return layout('Link', html`${errorLine(error)}<p><a href="/sign-in">Sign in</a></p>`);
}
