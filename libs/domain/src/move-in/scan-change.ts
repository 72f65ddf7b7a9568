import { openAlgoActionOf, scanActionOf } from '../scan-action.ts';

/** A scan whose name OpenAlgo acts on in another way than Orderlane. */
export interface ScanChange {
  name: string;
  /** The action that OpenAlgo takes from the name. */
  openAlgo: string;
  /** Ours, or the code with which such a scan is refused. */
  here: string;
}

/** Undefined where the name means the same to both, or nothing to either. */
export function findScanChange(name: string): ScanChange | undefined {
  const theirs = openAlgoActionOf(name.toUpperCase());
  const ours = scanActionOf(name);
  const here = ours.ok ? ours.action : ours.refusal.code;
  if (theirs === undefined || theirs === here) return undefined;
  return { name, openAlgo: theirs, here };
}
