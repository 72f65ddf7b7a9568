import { dataIn } from '@orderlane/console/client';
import { client } from '../../api/client.ts';

export type Activity = 'on' | 'off' | 'exits_only' | 'close';

export interface Switched {
  id: number;
  name: string;
  is_active: boolean;
  exits_only: boolean;
}

export function activityOf({ is_active, exits_only }: Omit<Switched, 'id' | 'name'>): Activity {
  if (!is_active) return 'off';
  return exits_only ? 'exits_only' : 'on';
}

/** Undefined: to what it is not, where that leaves nothing open. */
export async function turn(id: number, to: Activity | undefined) {
  const json = to === undefined ? {} : { to };
  return await dataIn(
    await client.strategy[':id'].toggle.$post({ param: { id: String(id) }, json }),
  );
}
