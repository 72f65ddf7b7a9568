import { type ConsoleDeps, createRoutes } from '../../services/console/src/app.ts';
import { describeApi } from '../../services/console/src/routes/describe-api.ts';
import { otherRoutes } from '../../services/console/src/routes/other-routes.ts';

const intro = `# Who may call what

Written by \`npm run docs\` from the console's routes; a test walks every route as each of these and fails
on one that is not here.

| access | nobody | viewer | trader | admin | API key |
| --- | --- | --- | --- | --- | --- |
| public | yes | yes | yes | yes | yes |
| read | no | yes | yes | yes | any scope |
| trade | no | no | yes | yes | scope trade or admin, of a trader or an administrator |
| admin | no | no | no | yes | scope admin, of an administrator |
| person | no | yes | yes | yes | no: it is about the own sign-in |

Nobody is answered 401 (\`not_signed_in\`; a browser that wants a page is sent to the sign-in), who may not 403
(\`not_allowed\`). A viewer and a trader reach what their tenant has; lists hold nothing else, and the id of somebody
else answers 404, as if there were none. An administrator reaches everything. Over *everything* only an
administrator sets or releases the kill switch.

Webhooks are not here: the ingress knows no users. Who has a webhook's address, and says what its strategy asks
for besides, may trade by it.
`;

/** The whole of docs/authorization.md. */
export function renderAuthorization(): string {
  const rows = [...listOperations(), ...listOthers()].map(
    ([method, path, access, what]) => `| ${method} | \`${path}\` | ${access} | ${what} |`,
  );
  const head = ['| method | path | access | |', '| --- | --- | --- | --- |'];
  return [intro, ...head, ...rows, ''].join('\n');
}

type Line = [method: string, path: string, access: string, what: string];

/** The handlers are made and never called: they need nothing to be described. */
function listOperations(): Line[] {
  const { paths } = describeApi(createRoutes({} as ConsoleDeps));
  return Object.entries(paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, { summary: string; 'x-access': string }>).map(
      ([method, operation]): Line => [
        method.toUpperCase(),
        path,
        operation['x-access'],
        operation.summary,
      ],
    ),
  );
}

function listOthers(): Line[] {
  return otherRoutes.map(({ method, path, access, what }) => [method, path, access, what]);
}
