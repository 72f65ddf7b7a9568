import { ManageError } from '@orderlane/manage/manage-error';
import { readSignInLink } from '@orderlane/manage/sign-in-link';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { passwordLength } from '../auth/password-length.ts';
import { giveSecondFactor, type SignInDeps, signIn, signOut, useLink } from '../auth/sign-in.ts';
import type { ConsoleContext, ConsoleEnv } from '../http/console-env.ts';
import { localPath } from '../http/local-path.ts';
import type { Html } from './layout.ts';
import { linkInvalidPage, linkPage } from './link-page.ts';
import { secondFactorPage, signInPage } from './sign-in-page.ts';

export interface SignInPagesDeps extends SignInDeps {
  /** ADMIN_EMAIL, if it is set. */
  adminEmail: string | undefined;
}

/**
 * The pages by which a person gets in without any script, and what their forms do; a program's JSON
 * at the same addresses goes on to the API.
 */
export function createSignInPages(deps: SignInPagesDeps): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  app.get('/sign-in', async (context) => {
    return await context.html(signInPage({ next: localPath(context.req.query('next')) }));
  });
  app.get('/sign-in/link', async (context) => await showLink(deps, context));
  onForm(app, '/sign-in', async (context, form) => await submitSignIn(deps, context, form));
  onForm(
    app,
    '/sign-in/two-factor',
    async (context, form) => await submitCode(deps, context, form),
  );
  onForm(app, '/sign-in/link', async (context, form) => await submitLink(deps, context, form));
  onForm(app, '/sign-out', async (context) => {
    await signOut(deps, context);
    return context.redirect('/sign-in', 303);
  });
  return app;
}

type Form = Record<string, string>;

function onForm(
  app: Hono<ConsoleEnv>,
  path: string,
  submit: (context: ConsoleContext, form: Form) => Promise<Response>,
): void {
  app.post(path, async (context, next) => {
    const type = context.req.header('content-type') ?? '';
    if (!type.startsWith('application/x-www-form-urlencoded')) {
      await next();
      return;
    }
    return await submit(context, Object.fromEntries(new URLSearchParams(await context.req.text())));
  });
}

async function submitSignIn(
  deps: SignInDeps,
  context: ConsoleContext,
  form: Form,
): Promise<Response> {
  const email = (form['email'] ?? '').trim().toLowerCase();
  const next = localPath(form['next']);
  return await orAgain(context, {
    work: async () => {
      const credentials = { email, password: form['password'] ?? '' };
      const { needsSecondFactor } = await signIn(deps, context, credentials);
      return needsSecondFactor
        ? await context.html(secondFactorPage({ next }))
        : context.redirect(next, 303);
    },
    page: (error) => signInPage({ next, error, email }),
  });
}

async function submitCode(
  deps: SignInDeps,
  context: ConsoleContext,
  form: Form,
): Promise<Response> {
  const next = localPath(form['next']);
  return await orAgain(context, {
    work: async () => {
      await giveSecondFactor(deps, context, (form['code'] ?? '').trim());
      return context.redirect(next, 303);
    },
    page: (error) => secondFactorPage({ next, error }),
  });
}

async function showLink(deps: SignInPagesDeps, context: ConsoleContext): Promise<Response> {
  const token = context.req.query('token') ?? '';
  return await orAgain(context, {
    work: async () => {
      const user = await readSignInLink(deps.db, token);
      const page = { token, email: user?.email ?? null, suggestedEmail: deps.adminEmail };
      return await context.html(linkPage(page));
    },
    page: linkInvalidPage,
  });
}

async function submitLink(
  deps: SignInPagesDeps,
  context: ConsoleContext,
  { token = '', password = '', email = '' }: Form,
): Promise<Response> {
  const submit = async (known: string | null) =>
    await orAgain(context, {
      work: async () => {
        checkPassword(password);
        const given = { token, password, email: email.trim().toLowerCase() };
        const { needsSecondFactor } = await useLink(deps, context, given);
        return needsSecondFactor
          ? await context.html(secondFactorPage({ next: '/' }))
          : context.redirect('/', 303);
      },
      page: (error) => linkPage({ token, email: known, suggestedEmail: email, error }),
    });
  return await orAgain(context, {
    work: async () => await submit((await readSignInLink(deps.db, token))?.email ?? null),
    page: linkInvalidPage,
  });
}

function checkPassword(password: string): void {
  const { min, max } = passwordLength;
  if (password.length >= min && password.length <= max) return;
  throw new ManageError('invalid_request', `A password has ${min} to ${max} characters`);
}

/** What cannot be done is said on the page, which is shown again. */
async function orAgain(
  context: ConsoleContext,
  { work, page }: { work: () => Promise<Response>; page: (error: string) => Html },
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ManageError)) throw error;
    const status = error.httpStatus as ContentfulStatusCode;
    return await context.html(page(error.message), status);
  }
}
