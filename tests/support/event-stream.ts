interface ServerEvent {
  event: string;
  id: string;
  data: Record<string, unknown>;
}

export interface EventReader extends AsyncDisposable {
  readonly status: number;
  /** The next event; undefined: the stream has ended. @throws when it broke */
  next(): Promise<ServerEvent | undefined>;
  /** The last id that was said, with an event or without. */
  lastId(): string;
}

/** Reads server-sent events (WHATWG HTML, "Server-sent events") as a browser does. */
export async function readEvents(
  url: string,
  headers: Record<string, string> = {},
): Promise<EventReader> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  const text = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream());
  const blocks = splitBlocks(text);
  let id = '';
  return {
    status: response.status,
    lastId: () => id,
    async next() {
      for (;;) {
        const { value: block, done } = await blocks.next();
        if (done === true) return undefined;
        const fields = fieldsOf(block);
        id = fields['id'] ?? id;
        const { event = 'message', data } = fields;
        if (data !== undefined) return { event, id, data: JSON.parse(data) };
      }
    },
    [Symbol.asyncDispose]: async () => {
      abort.abort();
      await blocks.next().catch(() => undefined);
    },
  };
}

async function* splitBlocks(chunks: ReadableStream<string>): AsyncGenerator<string, undefined> {
  let rest = '';
  for await (const chunk of chunks) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks;
  }
  return undefined;
}

function fieldsOf(block: string): Record<string, string> {
  const pairs = block.split('\n').map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at), line.slice(at + 1).trimStart()];
  });
  return Object.fromEntries(pairs);
}
