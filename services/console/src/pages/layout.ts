import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The one style of these pages: the policy of their content names it by its hash. */
export const layoutStyle = `
:root { color-scheme: light dark; --accent: #0b7285; --error: #c92a2a; }
@media (prefers-color-scheme: dark) { :root { --accent: #3bc9db; --error: #ff8787; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 10vh auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; }
label { display: block; margin: 1rem 0 0.25rem; }
input { font: inherit; width: 100%; box-sizing: border-box; padding: 0.5rem; }
button { font: inherit; margin-top: 1.5rem; padding: 0.5rem 1.5rem; }
a { color: var(--accent); }
.error { border-left: 4px solid var(--error); padding-left: 0.75rem; }
`;

/** The frame of the few pages that the console itself writes; no script, no style from elsewhere. */
export function layout(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="same-origin">
<title>${title} · Orderlane</title>
<style>${raw(layoutStyle)}</style>
</head>
<body>
<h1>${title}</h1>
${body}
</body>
</html>`;
}

/** What went wrong with the form before, if anything. */
export function errorLine(error: string | undefined): Html {
  return error === undefined ? html`` : html`<p class="error" role="alert">${error}</p>`;
}
