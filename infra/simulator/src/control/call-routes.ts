import type { ControlRoute } from './control-request.ts';

/** The calls seen, oldest first; `endpoint`, `account` and `after` (a number of a call) narrow them. */
export const listCalls: ControlRoute = ({ calls }, { query }) => ({
  calls: calls.list({
    endpoint: query.get('endpoint') ?? undefined,
    account: query.get('account') ?? undefined,
    after: Number(query.get('after') ?? 0),
  }),
});

export const clearCalls: ControlRoute = ({ calls }) => {
  calls.clear();
  return {};
};
