import { expect, test } from 'vitest';
import { demoCurl } from './demo-curl.ts';

const demo = { webhookUrl: 'http://127.0.0.1:8080/strategy/webhook/w', signalId: 's-1' };

test('it is one line that a shell takes as it is', () => {
  expect(demoCurl(demo, 'linux')).toBe(
    `curl -X POST http://127.0.0.1:8080/strategy/webhook/w -H 'Content-Type: application/json' -d '{"symbol":"SBIN","action":"BUY","signal_id":"s-1"}'`,
  );
});

test('on Windows it is quoted for its shells', () => {
  expect(demoCurl(demo, 'win32')).toBe(
    `curl.exe -X POST http://127.0.0.1:8080/strategy/webhook/w -H "Content-Type: application/json" -d "{\\"symbol\\":\\"SBIN\\",\\"action\\":\\"BUY\\",\\"signal_id\\":\\"s-1\\"}"`,
  );
});
