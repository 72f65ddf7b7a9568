/** Takes the API key out of a text, as it is and as JSON or a URL would write it. */
export type Redact = (text: string) => string;

/** Shorter ones stand in every other word: taking them out would only garble what is said. */
const shortestSecret = 8;

export function createRedact(apiKey: string): Redact {
  if (apiKey.length < shortestSecret) return (text) => text;
  const spellings = new Set([
    apiKey,
    JSON.stringify(apiKey).slice(1, -1),
    encodeURIComponent(apiKey),
  ]);
  return (text) => {
    let clean = text;
    for (const spelling of spellings) clean = clean.replaceAll(spelling, '[api key]');
    return clean;
  };
}
