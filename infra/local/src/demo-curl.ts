/** A `curl` that posts the demo's signal, quoted for the shell that this system has. */
export function demoCurl(
  demo: { webhookUrl: string; signalId: string },
  platform: NodeJS.Platform,
): string {
  const body = JSON.stringify({ symbol: 'SBIN', action: 'BUY', signal_id: demo.signalId });
  if (platform === 'win32') {
    const quoted = `"${body.replaceAll('"', '\\"')}"`;
    return `curl.exe -X POST ${demo.webhookUrl} -H "Content-Type: application/json" -d ${quoted}`;
  }
  return `curl -X POST ${demo.webhookUrl} -H 'Content-Type: application/json' -d '${body}'`;
}
