import { randomUUID } from 'node:crypto';
import { dataOf } from '../console-fixtures.ts';
import { type Caller, testPassword } from '../here-console.ts';
import { nextTotpCode, totpCode } from '../totp.ts';
import { type Example, type Examples, fixed } from './example.ts';
import type { Person, Scene } from './scene.ts';

/** Signs in and out; each with a user of its own. */
export const signInExamples: Examples = {
  'GET /': fixed('/'),
  'POST /sign-in': whoever(async (scene) => {
    const { email } = await newUser(scene);
    return { path: '/sign-in', body: { email, password: testPassword }, as: scene.browser() };
  }),
  'POST /sign-in/two-factor': whoever(async (scene) => {
    const person = await newPerson(scene);
    const { uri } = await turnOn(person);
    const browser = scene.browser();
    dataOf(await browser.post('/sign-in', { email: person.user.email, password: testPassword }));
    return { path: '/sign-in/two-factor', body: { code: nextTotpCode(uri) }, as: browser };
  }),
  'POST /sign-in/link': whoever(async (scene) => {
    const { id } = await newUser(scene);
    const made = dataOf<{ link: string }>(await scene.admin.post(`/users/${id}/link`));
    const token = new URL(made.link).searchParams.get('token');
    const body = { token, password: testPassword };
    return { path: '/sign-in/link', body, as: scene.browser() };
  }),
  'POST /sign-up': whoever((scene) => {
    const name = `new-${randomUUID().slice(0, 8)}`;
    const body = { name, email: `${name}@example.com`, password: testPassword };
    return { path: '/sign-up', body, as: scene.browser() };
  }),
  'POST /sign-out': whoever(async (scene) => ({
    path: '/sign-out',
    as: await newPerson(scene),
  })),
};

/** About the own sign-in: each call is by whoever may, and of what is their own. */
export const ownExamples: Examples = {
  'GET /me': fixed('/me'),
  'POST /me/password': fixed('/me/password', { current: testPassword, new: testPassword }),
  'GET /me/sessions': fixed('/me/sessions'),
  'POST /me/sessions/{id}/revoke': whoever(async (scene, { user }) => {
    const elsewhere = await scene.signedIn(user);
    const sessions = dataOf<{ id: string; is_this: boolean }[]>(
      await elsewhere.get('/me/sessions'),
    );
    return { path: `/me/sessions/${sessions.find((one) => one.is_this)?.id}/revoke` };
  }),
  'POST /me/two-factor/begin': whoever(async (scene) => ({
    path: '/me/two-factor/begin',
    body: { password: testPassword },
    as: await newPerson(scene),
  })),
  'POST /me/two-factor/confirm': whoever(async (scene) => {
    const person = await newPerson(scene);
    const begun = await person.post('/me/two-factor/begin', { password: testPassword });
    const code = totpCode(dataOf<{ totp_uri: string }>(begun).totp_uri);
    return { path: '/me/two-factor/confirm', body: { code }, as: person };
  }),
  'POST /me/two-factor/end': whoever(async (scene) => {
    const person = await newPerson(scene);
    await turnOn(person);
    return { path: '/me/two-factor/end', body: { password: testPassword }, as: person };
  }),
  'GET /keys': whoever(async (_scene, who) => {
    dataOf(await who.post('/keys/new', { name: 'listed', scopes: ['read'] }));
    return { path: '/keys' };
  }),
  'POST /keys/new': fixed('/keys/new', { name: 'bot', scopes: ['read'], expires_in_days: 30 }),
  'POST /keys/{id}/revoke': whoever(async (_scene, who) => {
    const made = await who.post('/keys/new', { name: 'short', scopes: ['read'] });
    return { path: `/keys/${dataOf<{ id: string }>(made).id}/revoke` };
  }),
};

export const userExamples: Examples = {
  'GET /users': fixed('/users'),
  'POST /users/new': whoever(() => {
    const name = `new-${randomUUID().slice(0, 8)}`;
    return { path: '/users/new', body: { name, email: `${name}@example.com`, role: 'viewer' } };
  }),
  'POST /users/{id}/edit': whoever(async (scene) => {
    const { id } = await newUser(scene);
    return { path: `/users/${id}/edit`, body: { role: 'viewer', disabled: true } };
  }),
  'POST /users/{id}/link': whoever(async (scene) => {
    const { id } = await newUser(scene);
    return { path: `/users/${id}/link` };
  }),
};

function whoever(ask: Example['ask']): Example {
  return { of: 'whoever', ask };
}

async function newUser(scene: Scene) {
  return await scene.addUser({ name: `one-${randomUUID().slice(0, 8)}`, role: 'trader' });
}

async function newPerson(scene: Scene): Promise<Person> {
  return await scene.person({ name: `one-${randomUUID().slice(0, 8)}`, role: 'trader' });
}

async function turnOn(person: Caller): Promise<{ uri: string }> {
  const begun = await person.post('/me/two-factor/begin', { password: testPassword });
  const { totp_uri: uri } = dataOf<{ totp_uri: string }>(begun);
  dataOf(await person.post('/me/two-factor/confirm', { code: totpCode(uri) }));
  return { uri };
}
