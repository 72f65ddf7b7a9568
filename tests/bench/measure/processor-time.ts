import { readdir, readFile } from 'node:fs/promises';

/** Linux counts processor time in hundredths of a second (USER_HZ). */
const ticksPerSecond = 100;

interface Stat {
  parent: number;
  /** Its own time and that of its children that ended (s). */
  seconds: number;
}

/** From /proc/<pid>/stat, see proc_pid_stat(5); undefined when there is none (any more). */
async function readStat(pid: number): Promise<Stat | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { parent: Number(fields[1]), seconds: ticks / ticksPerSecond };
  } catch {
    return undefined;
  }
}

/** Processor time that a process has used (s); not a number where the system has no /proc. */
export async function processorSeconds(pid: number): Promise<number> {
  return (await readStat(pid))?.seconds ?? Number.NaN;
}

/** The same of a process and its children, which may come and go. */
export async function familySeconds(pid: number): Promise<number> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map(async (each) => await readStat(Number(each))));
  const children = stats.filter((stat) => stat?.parent === pid);
  const own = await processorSeconds(pid);
  return children.reduce((sum, stat) => sum + (stat?.seconds ?? 0), own);
}

/** Memory that a process holds (MiB); not a number where the system has no /proc. */
export async function residentMiB(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1] ?? Number.NaN) / 1024;
}
