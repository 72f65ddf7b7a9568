import { z } from 'zod';
import { faultSchema } from '../faults/fault.ts';
import { bodyOf, type ControlRoute } from './control-request.ts';

const setSchema = z.preprocess(
  (given) => (Array.isArray(given) ? given : [given]),
  z.array(faultSchema),
);

/** Sets one fault, or several at once. */
export const setFaults: ControlRoute = ({ faults }, request) => {
  return { ids: bodyOf(setSchema, request).map((fault) => faults.add(fault)) };
};

export const listFaults: ControlRoute = ({ faults }) => ({
  faults: faults.list().map(({ id, fault, left, met }) => ({
    ...fault,
    apikey: undefined,
    id,
    left: left ?? null,
    met,
  })),
});

/** Takes one fault back, by `id`, or all of them. */
export const clearFaults: ControlRoute = ({ faults }, request) => {
  const id = request.query.get('id');
  if (id === null) faults.clear();
  else faults.remove(Number(id));
  return {};
};
