import { describe, expect, test } from 'vitest';
import { findCompose, noCompose, readCompose } from '../support/compose.ts';
import { readComposeRequired } from '../support/config.ts';

const compose = await findCompose();
const dotEnv = { PUBLIC_URL: 'https://orderlane.example.com' };

describe.skipIf(compose === undefined && !readComposeRequired())('every container', async () => {
  const { services } = compose === undefined ? noCompose : await readCompose(compose, dotEnv);
  const each = Object.entries(services);

  test('cannot write but where it must', () => {
    expect(each.length).toBeGreaterThan(10);
    expect(each.filter(([, { read_only }]) => read_only !== true)).toEqual([]);
  });

  test('may do nothing that a plain user may not, but for what its start needs', () => {
    const added = Object.fromEntries(each.map(([name, { cap_add }]) => [name, cap_add]));
    for (const [name, { cap_drop, security_opt }] of each) {
      expect([name, cap_drop, security_opt]).toEqual([name, ['ALL'], ['no-new-privileges:true']]);
    }
    expect(Object.entries(added).filter(([, caps]) => caps !== undefined)).toEqual([
      ['caddy', ['NET_BIND_SERVICE']],
      ['postgres', ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID']],
    ]);
  });

  test('takes no more than its share of the machine', () => {
    for (const [name, { deploy, pids_limit }] of each) {
      const { cpus, memory } = deploy?.resources?.limits ?? {};
      expect([name, Number(cpus) >= 1, Number(cpus) <= 2]).toEqual([name, true, true]);
      expect([name, memory]).toEqual([name, expect.stringMatching(/^(256M|512M|1G|2G)$/)]);
      expect(pids_limit, name).toBeGreaterThanOrEqual(50);
    }
  });

  test('has room for what was measured of it', () => {
    const limit = (name: string) => services[name]?.deploy?.resources?.limits?.memory;
    expect(limit('ingress')).toBe('512M');
    expect(limit('scheduler')).toBe('512M');
    // 708 MiB with a thousand accounts.
    expect(limit('executor')).toBe('1G');
    // One process for each of its connections.
    expect(services['postgres']?.pids_limit).toBeGreaterThan(300);
  });

  test('is of an image whose version is said', () => {
    for (const [name, { image }] of each) {
      expect([name, image]).toEqual([name, expect.stringMatching(/:(local|v?\d[\w.-]*)$/)]);
    }
  });
});
