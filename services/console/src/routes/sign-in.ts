import { z } from '@hono/zod-openapi';
import { passwordLength } from '../auth/password-length.ts';
import {
  type Credentials,
  giveSecondFactor,
  type SignUpDeps,
  signIn,
  signOut,
  signUp,
  useLink,
} from '../auth/sign-in.ts';
import { createApi, ok, route, success } from '../http/api.ts';
import { jsonBody } from '../http/json-body.ts';

const email = z.string().trim().toLowerCase().max(254);
const newPassword = z.string().min(passwordLength.min).max(passwordLength.max);
const credentials: z.ZodType<Credentials> = z.strictObject({
  email: email.min(1),
  password: z.string().min(1).max(200),
});
const code = z.strictObject({
  code: z.string().trim().min(1).max(64).meta({ description: 'Of the app, or a backup code.' }),
});
const link = z.strictObject({
  token: z.string().min(1).max(100).meta({ description: 'Of the one-time link.' }),
  password: newPassword,
  email: email.optional().meta({ description: 'Of the first administrator only.' }),
});
const signedIn = z.object({
  two_factor_required: z
    .boolean()
    .meta({ description: 'True: send the code to /sign-in/two-factor to be signed in.' }),
});

const signInRoute = route(
  { access: 'public', errors: ['wrong_credentials', 'sign_in_limited'] },
  {
    method: 'post',
    path: '/sign-in',
    tags: ['sign-in'],
    summary: 'Sign in',
    description:
      'With e-mail and password; the answer sets the cookie of a session. Attempts are counted by address and by e-mail (SIGN_IN_RATE_LIMIT).',
    request: jsonBody(credentials),
    responses: ok(signedIn, 'Signed in, or half way there.'),
  },
);

const secondFactorRoute = route(
  { access: 'public', errors: ['wrong_code', 'sign_in_limited'] },
  {
    method: 'post',
    path: '/sign-in/two-factor',
    tags: ['sign-in'],
    summary: 'Give the second factor',
    description: 'After a sign-in that asked for it: the code of the app, or a backup code.',
    request: jsonBody(code),
    responses: ok(signedIn, 'Signed in.'),
  },
);

const linkRoute = route(
  { access: 'public', errors: ['link_invalid', 'sign_in_limited'] },
  {
    method: 'post',
    path: '/sign-in/link',
    tags: ['sign-in'],
    summary: 'Set a password by a one-time link',
    description:
      'The link is printed at the first start, or given by an administrator; it is valid once and for a day. Whoever uses it is signed in, and signed out everywhere else.',
    request: jsonBody(link),
    responses: ok(signedIn, 'The password is set.'),
  },
);

const signUpRoute = route(
  { access: 'public', errors: ['sign_up_closed', 'sign_in_limited', 'user_exists'] },
  {
    method: 'post',
    path: '/sign-up',
    tags: ['sign-in'],
    summary: 'Add oneself',
    description:
      'As a trader with accounts of his own, and signed in at once. Closed unless SIGN_UP is open.',
    request: jsonBody(
      z.strictObject({
        name: z.string().trim().min(1).max(100),
        email: z.email().toLowerCase().max(254),
        password: newPassword,
      }),
    ),
    responses: ok(signedIn, 'Added and signed in.'),
  },
);

const signOutRoute = route(
  { access: 'public' },
  {
    method: 'post',
    path: '/sign-out',
    tags: ['sign-in'],
    summary: 'Sign out',
    description: 'Ends the session of the cookie; without one nothing happens.',
    responses: ok(z.object({}), 'Signed out.'),
  },
);

const index = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/',
    tags: ['sign-in'],
    summary: 'What this is',
    description: 'And where its API is described.',
    responses: ok(
      z.object({ name: z.string(), docs: z.string(), openapi: z.string() }),
      'The console.',
    ),
  },
);

export function createSignInRoutes(deps: SignUpDeps) {
  return createApi()
    .openapi(index, (context) => {
      const data = { name: 'Orderlane', docs: '/docs', openapi: '/openapi.json' };
      return context.json(success(data), 200);
    })
    .openapi(signInRoute, async (context) => {
      const { needsSecondFactor } = await signIn(deps, context, context.req.valid('json'));
      return context.json(success({ two_factor_required: needsSecondFactor }), 200);
    })
    .openapi(secondFactorRoute, async (context) => {
      await giveSecondFactor(deps, context, context.req.valid('json').code);
      return context.json(success({ two_factor_required: false }), 200);
    })
    .openapi(linkRoute, async (context) => {
      const given = context.req.valid('json');
      const used = await useLink(deps, context, { ...given, email: given.email ?? '' });
      return context.json(success({ two_factor_required: used.needsSecondFactor }), 200);
    })
    .openapi(signUpRoute, async (context) => {
      await signUp(deps, context, context.req.valid('json'));
      return context.json(success({ two_factor_required: false }), 200);
    })
    .openapi(signOutRoute, async (context) => {
      await signOut(deps, context);
      return context.json(success({}), 200);
    });
}
