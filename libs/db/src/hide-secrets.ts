/** Parts of field names, in any spelling (`apiKey`, `api_key_box`, `webhook-id`), that hold a secret. */
const secretName =
  /api_?key|password|passwd|secret|token|totp|otp_|credential|private_?key|webhook_?(id|url)|fingerprint|_box$/;

const hidden = '[hidden]';

/**
 * The same with every value gone that stands under the name of a secret, at any depth; that there is
 * one, or none, stays to be seen.
 */
export function hideSecrets<T>(value: T): T;
export function hideSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => hideSecrets(item));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => [
      name,
      isSecret(name) && isSet(item) ? hidden : hideSecrets(item),
    ]),
  );
}

function isSecret(name: string): boolean {
  const snake = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll('-', '_');
  return secretName.test(snake.toLowerCase());
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'boolean';
}
