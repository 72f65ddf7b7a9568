import type { ReactNode } from 'react';
import { useMay } from '../api/use-may.ts';

/** What only those see who may do it: a viewer can press nothing. */
export function MayTrade({ children }: { children: ReactNode }) {
  return useMay().trade ? children : null;
}

export function MayAdmin({ children }: { children: ReactNode }) {
  return useMay().admin ? children : null;
}
