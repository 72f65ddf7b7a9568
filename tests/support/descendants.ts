import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface RunningProcess {
  pid: number;
  parent: number;
  /** Its command line. */
  command: string;
}

/** All processes below one: its children, theirs, and so on. */
export async function listDescendants(pid: number): Promise<RunningProcess[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  const all = stdout.trim().split('\n').map(parseProcess);
  const parents = new Map(all.map((each) => [each.pid, each.parent]));
  const isBelow = (child: number): boolean => {
    const parent = parents.get(child) ?? 0;
    return parent > 1 && (parent === pid || isBelow(parent));
  };
  return all.filter((each) => isBelow(each.pid));
}

function parseProcess(line: string): RunningProcess {
  const [pid = '', parent = '', ...command] = line.trim().split(/\s+/);
  return { pid: Number(pid), parent: Number(parent), command: command.join(' ') };
}
