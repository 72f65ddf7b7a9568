const longest = 50;
const shortest = 3;

/**
 * A name that may be saved: without what our names do not have, not longer than they are, and not one
 * that is taken.
 * @param id names a strategy whose name has nothing to keep
 */
export function convertName(
  name: string | null,
  { id, taken }: { id: string; taken: ReadonlySet<string> },
): string {
  const kept = (name ?? '')
    .normalize('NFKC')
    .replaceAll(/[^A-Za-z0-9 _-]+/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
  const base = kept.length < shortest ? `${kept} strategy ${id}`.trim() : kept;
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '' : ` ${number}`;
    const candidate = `${base.slice(0, longest - end.length).trim()}${end}`;
    if (!taken.has(candidate)) return candidate;
  }
}
