import type { Environment } from '@orderlane/runtime/config';

/** Where the person at this command line sits, as far as the system tells. */
export function whereFrom(environment: Environment, host: string): string {
  const client = environment['SSH_CONNECTION']?.split(' ')[0];
  const invoker = environment['SUDO_USER'];
  return [
    `terminal on ${host}`,
    ...(client ? [`ssh from ${client}`] : []),
    ...(invoker ? [`sudo by ${invoker}`] : []),
  ].join(', ');
}
