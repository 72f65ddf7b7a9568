/**
 * Reads the options of a command of the tests' own, or ends the process: with the usage where it is asked for, with what
 * is wrong and the usage where they cannot be read.
 */
export function readOrExit<T>(
  read: (args: string[]) => T,
  { usage, args }: { usage: string; args: string[] },
): T {
  if (args.includes('--help')) {
    process.stdout.write(`Usage: ${usage}\n`);
    process.exit(0);
  }
  try {
    return read(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nUsage: ${usage}\n`);
    process.exit(2);
  }
}
