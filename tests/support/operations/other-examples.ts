import { keepAlertTargets } from '@orderlane/db/alert-targets';
import { raiseAlert } from '@orderlane/db/alerts';
import { openSquareOffs } from '@orderlane/db/open-square-offs';
import { dataOf } from '../console-fixtures.ts';
import { type Examples, fixed, list } from './example.ts';
import { ownedBy } from './scene.ts';

export const brakeExamples: Examples = {
  'GET /brakes': list('/brakes', async ({ strategyId: id, asha }) => {
    await asha.post('/brakes/stop', { scope: 'strategy', id });
  }),
  'POST /brakes/stop': {
    of: 'asha',
    ask: async (scene) => {
      const { strategyId: id } = await scene.newStrategy();
      return { path: '/brakes/stop', body: { scope: 'strategy', id, reason: 'asha said so' } };
    },
  },
  'POST /brakes/resume': {
    of: 'asha',
    ask: async (scene) => {
      const { strategyId: id } = await scene.newStrategy();
      await scene.asha.post('/brakes/stop', { scope: 'strategy', id });
      return { path: '/brakes/resume', body: { scope: 'strategy', id } };
    },
  },
};

/** Days of a year of its own, one for each call. */
let nextDay = Date.UTC(2031, 0, 1);
function newDay(): string {
  nextDay += 86_400_000;
  return new Date(nextDay).toISOString().slice(0, 10);
}

export const listExamples: Examples = {
  'GET /positions': list('/positions', async (scene) => {
    await ownedBy(scene, scene.strategyId, 10);
  }),
  'GET /square-offs': list('/square-offs', async ({ db, strategyId }) => {
    const missed = { dueTime: '15:10', status: 'missed', detail: 'asha came late' } as const;
    await openSquareOffs(db, [{ ...missed, strategyId, sessionDate: '2026-02-10' }]);
  }),
  'GET /closings': list('/closings', async (scene) => {
    await ownedBy(scene, scene.strategyId, 10);
    dataOf(await scene.asha.post(`/strategy/${scene.strategyId}/exit`, {}));
  }),
  'GET /alerts': list('/alerts', async ({ db, strategyId }) => {
    const text = 'asha is told';
    await raiseAlert(db, {
      code: 'rate_limited',
      subject: `strategy ${strategyId}`,
      text,
      strategyId,
    });
  }),
  'GET /alerts/targets': {
    of: 'whoever',
    ask: async ({ db }) => {
      await keepAlertTargets(db, ['telegram']);
      return { path: '/alerts/targets' };
    },
  },
  'POST /alerts/test': { of: 'whoever', ask: () => ({ path: '/alerts/test' }) },
  'GET /calendar': list('/calendar?from=2031-01-01&to=2032-01-01', async ({ admin }) => {
    const day = { date: newDay(), exchanges: 'NSE', hours: 'closed' };
    dataOf(await admin.post('/calendar/add', day));
  }),
  'POST /calendar/add': {
    of: 'whoever',
    ask: () => ({
      path: '/calendar/add',
      body: { date: newDay(), exchanges: 'NSE', hours: 'closed', note: null },
    }),
  },
  'POST /calendar/delete': {
    of: 'whoever',
    ask: async ({ admin }) => {
      const date = newDay();
      await admin.post('/calendar/add', { date, exchanges: 'NSE', hours: 'closed' });
      return { path: '/calendar/delete', body: { date } };
    },
  },
  'GET /audit': fixed('/audit'),
};
