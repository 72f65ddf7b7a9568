import { monitorEventLoopDelay } from 'node:perf_hooks';

const NANOSECONDS = 1e9;

type Figure = [name: string, type: 'gauge' | 'counter', help: string, value: number];

/** Writes the process's own figures in Prometheus' text format, with the name of the service. */
export function createProcessMetrics(service: string): () => string {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  return () => {
    const text = listFigures(delay.percentile(99) / NANOSECONDS)
      .map((figure) => writeFigure(service, figure))
      .join('');
    delay.reset();
    return text;
  };
}

function listFigures(loopDelaySeconds: number): Figure[] {
  const cpu = process.cpuUsage();
  const memory = process.memoryUsage();
  return [
    ['process_cpu_seconds_total', 'counter', 'CPU time used', (cpu.user + cpu.system) / 1e6],
    ['process_resident_memory_bytes', 'gauge', 'Memory held', memory.rss],
    ['nodejs_heap_used_bytes', 'gauge', 'Heap in use', memory.heapUsed],
    ['process_uptime_seconds', 'gauge', 'Time since the start', process.uptime()],
    [
      'nodejs_eventloop_delay_p99_seconds',
      'gauge',
      'Event loop delay since the last look, 99th percentile',
      loopDelaySeconds,
    ],
  ];
}

function writeFigure(service: string, [name, type, help, value]: Figure): string {
  // A percentile of nothing is NaN.
  const shown = Number.isFinite(value) ? value : 0;
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name}{service="${service}"} ${shown}\n`;
}
