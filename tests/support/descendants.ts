import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The ids of all processes below one: its children, theirs, and so on. */
export async function listDescendants(pid: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=']);
  const parents = new Map<number, number>();
  for (const line of stdout.trim().split('\n')) {
    const [child, parent] = line.trim().split(/\s+/).map(Number);
    if (child !== undefined && parent !== undefined) parents.set(child, parent);
  }
  const below = (child: number): boolean => {
    const parent = parents.get(child);
    return parent !== undefined && parent > 1 && (parent === pid || below(parent));
  };
  return [...parents.keys()].filter(below);
}
