import type { Lane } from '@orderlane/domain/lane';

/** The endpoint of each lane, below `/api/v1/`. */
export const placeEndpoints: Record<Lane, string> = {
  regular: 'placeorder',
  smart: 'placesmartorder',
};
