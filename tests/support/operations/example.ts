import type { Caller } from '../here-console.ts';
import type { Person, Scene } from './scene.ts';

/** What is asked, so that it succeeds for whoever may. */
interface Asked {
  /** With its query. */
  path: string;
  body?: unknown;
  /** A caller in the right state, where not just anybody can ask this. */
  as?: Caller;
}

export interface Example {
  /** Whose the thing is that is asked for: of Asha's tenant, or of whoever asks (then it is made for them). */
  of: 'asha' | 'whoever';
  /** Makes what the call is about anew. */
  ask(scene: Scene, who: Person): Asked | Promise<Asked>;
}

/** By method and path, as `POST /accounts/{id}/edit`. */
export type Examples = Record<string, Example>;

export function fixed(path: string, body?: unknown): Example {
  return { of: 'whoever', ask: () => ({ path, body }) };
}

/** A list that is not empty: `fill` adds to it what is of a new strategy of Asha's. */
export function list(
  path: string,
  fill: (scene: Scene & Awaited<ReturnType<Scene['newStrategy']>>) => Promise<void>,
): Example {
  return {
    of: 'whoever',
    ask: async (scene) => {
      await fill({ ...scene, ...(await scene.newStrategy()) });
      return { path };
    },
  };
}
