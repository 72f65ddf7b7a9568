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

/** What the schema of a place-order endpoint says of our own id, as the text of a Python dict. */
const unknownClientOrderId = /^\{.*['"]client_order_id['"]: ?\[['"]unknown field\.?['"]\].*\}$/is;

export function isUnknownClientOrderIdText(message: string): boolean {
  return unknownClientOrderId.test(message.trim());
}

export function isNoActionText(message: string): boolean {
  return noActionTexts.some((text) => text.test(message));
}

export function isDeadSessionText(message: string): boolean {
  return deadSessionText.test(message.trim());
}

export function isBanText(text: string): boolean {
  return banText.test(text.trim());
}
