/** Takes the API key out of a text, as it is and as JSON or a URL would write it. */
export type Redact = (text: string) => string;

export function createRedact(apiKey: string): Redact {
  const spellings = new Set([
    apiKey,
    JSON.stringify(apiKey).slice(1, -1),
    encodeURIComponent(apiKey),
  ]);
  spellings.delete('');
  return (text) => {
    let clean = text;
    for (const spelling of spellings) clean = clean.replaceAll(spelling, '[api key]');
    return clean;
  };
}
