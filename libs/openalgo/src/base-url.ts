/**
 * OpenAlgo's address in one spelling, so that one instance is not taken for two: no slash at its
 * end, and without the `/api/v1` that its documents show.
 * @throws TypeError when it is no http(s) address, or holds more than an address
 */
export function parseBaseUrl(text: string): string {
  const url = URL.parse(text.trim());
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new TypeError(`OpenAlgo's address must start with http:// or https://`);
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new TypeError(`OpenAlgo's address may have no user, password, query or fragment`);
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/api\/v1$/, '');
  return `${url.origin}${path}`;
}
