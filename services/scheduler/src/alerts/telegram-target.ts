import { z } from 'zod';
import type { AlertTarget } from './alert-target.ts';
import { postAlert } from './post-alert.ts';

/** What the Bot API takes in one message. https://core.telegram.org/bots/api#sendmessage */
const longestText = 4096;

const tooMany = z.object({ parameters: z.object({ retry_after: z.number().nonnegative() }) });

/** A chat of a Telegram bot. Plain text: nothing that a signal says can become markup or a link's preview. */
export function createTelegramTarget(bot: {
  apiUrl: string;
  token: string;
  chatId: string;
  timeoutMs: number;
}): AlertTarget {
  return {
    name: 'telegram',
    send: async ({ text }) =>
      await postAlert({
        url: `${bot.apiUrl}/bot${bot.token}/sendMessage`,
        headers: {},
        body: JSON.stringify({
          chat_id: bot.chatId,
          text: text.slice(0, longestText).toWellFormed(),
          link_preview_options: { is_disabled: true },
        }),
        timeoutMs: bot.timeoutMs,
        // A plain text that is short enough offends nobody: 400 means the chat or the token.
        refusals: new Set(),
        retryAfterOf,
      }),
  };
}

/** Milliseconds of `parameters.retry_after`, which is in seconds. */
function retryAfterOf(answer: string): number {
  try {
    const parsed = tooMany.safeParse(JSON.parse(answer));
    return parsed.success ? parsed.data.parameters.retry_after * 1000 : 0;
  } catch {
    return 0;
  }
}
