/** What adapters say when a smart order has nothing to do. */
const noActionTexts: readonly RegExp[] = [
  /no ?open ?position found/i,
  /no position to square off/i,
  /position already (?:matches|at) target/i,
  /positions already matched/i,
];

/** OpenAlgo's 403 for a wrong key and, word for word the same, for a broker login that is missing. */
const deadSessionText = /^invalid (?:openalgo )?api ?key\.?$/i;

/** text/plain of the middleware that turns a banned address away before any handler runs. */
const banText = /^access denied: your ip has been banned/i;

export function isNoActionText(message: string): boolean {
  return noActionTexts.some((text) => text.test(message));
}

export function isDeadSessionText(message: string): boolean {
  return deadSessionText.test(message.trim());
}

export function isBanText(text: string): boolean {
  return banText.test(text.trim());
}
