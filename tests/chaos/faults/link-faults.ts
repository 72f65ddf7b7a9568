import type { LinkState } from '../links/link-messages.ts';
import { type LinkName, linkNames } from '../links/open-links.ts';
import { type ChaosFault, during } from './fault.ts';

function onLink(link: LinkName, ms: number, state: LinkState): ChaosFault {
  const name = `${link}-link-${state.mode}`;
  return {
    name,
    async run(parts) {
      const { links } = parts.ground;
      const { divide } = parts.times;
      const applied = state.mode === 'slow' ? { ...state, ms: state.ms / divide } : state;
      parts.timeline.add('fault', `${name} begins`);
      const curedAt = await during(parts, {
        ms,
        breakIt: async () => await links.set(link, applied),
        mend: async () => await links.set(link, { mode: 'open' }),
      });
      parts.timeline.add('fault', `${name} is over`);
      return curedAt;
    },
  };
}

export const linkFaults: readonly ChaosFault[] = linkNames.flatMap((link) => [
  onLink(link, 5000, { mode: 'cut' }),
  onLink(link, 2000, { mode: 'reset' }),
  onLink(link, 10_000, { mode: 'slow', ms: 400 }),
  onLink(link, 8000, { mode: 'blackhole' }),
]);
