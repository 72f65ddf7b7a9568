/** The containers' health check: `node infra/docker/is-ready.ts 8080` fails unless `/readyz` is 200. */
const answer = await fetch(`http://127.0.0.1:${process.argv[2]}/readyz`);
if (!answer.ok) process.exitCode = 1;
