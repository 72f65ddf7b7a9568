/** What one process shows on `/metrics`. */
export interface ShownMetrics {
  /** The value of the sample with these labels (and that of the service); undefined: there is none. */
  get(name: string, labels?: Record<string, string>): number | undefined;
  /** The names of all samples. */
  names(): Set<string>;
}

/** Asks a running process for its figures. */
export async function readMetrics(url: string): Promise<ShownMetrics> {
  const response = await fetch(`${url}/metrics`);
  if (!response.ok) throw new Error(`${url}/metrics answered ${response.status}`);
  return parseMetrics(await response.text());
}

/** Reads Prometheus' text format. */
export function parseMetrics(text: string): ShownMetrics {
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name !== undefined) samples.set(keyOf(name, parseLabels(labels)), Number(value));
  }
  return {
    get: (name, labels = {}) => samples.get(keyOf(name, labels)),
    names: () => new Set([...samples.keys()].map((key) => key.split('{')[0] ?? '')),
  };
}

function parseLabels(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/(\w+)="([^"]*)"/g)];
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value]));
}

function keyOf(name: string, { service: _service, ...labels }: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  return `${name}{${pairs.sort().join()}}`;
}
