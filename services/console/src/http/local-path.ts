/** A path of the console itself to go on to; anything else, an address elsewhere above all, is `/`. */
export function localPath(next: string | undefined): string {
  const url = URL.parse(next ?? '/', 'http://console.invalid');
  if (url === null || url.origin !== 'http://console.invalid') return '/';
  const path = `${url.pathname}${url.search}`;
  return path.startsWith('//') ? '/' : path;
}
