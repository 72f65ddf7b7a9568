import { exampleBody } from './example-body.ts';
import type { MessageSource } from './message-source.ts';

/** Posts one signal and repeats it, under the same id, while nobody answers. */
export function pythonProgram(source: MessageSource): string {
  const fields = Object.entries(exampleBody(source))
    .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`)
    .join('\n');
  return `import json
import time
import urllib.error
import urllib.request
import uuid

URL = ${JSON.stringify(source.webhookUrl)}

signal = {
${fields}
}
# The same id again is the same signal: repeating it is safe.
headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
request = urllib.request.Request(URL, json.dumps(signal).encode(), headers)
for attempt in range(4):
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            print(answer.read().decode())
        break
    except urllib.error.HTTPError as error:
        print(error.code, error.read().decode())
        if error.code != 503:
            break
    except OSError as error:
        print(error)
    time.sleep(5)
`;
}
