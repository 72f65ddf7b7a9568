import { type MessageSource, secretOf } from './message-source.ts';

/** Posts when the last bar has a signal, once for each symbol, bar and action. */
export function amibrokerAfl(source: MessageSource): string {
  const isShort = source.tradingMode === 'SHORT';
  const [first, second] = isShort ? ['Short', 'Cover'] : ['Buy', 'Sell'];
  const [enter, leave] = isShort ? ['SELL', 'BUY'] : ['BUY', 'SELL'];
  const secret = 'secret' in secretOf(source) ? ' + "&secret=(the secret)"' : '';
  const size = source.tradingMode === 'BOTH' ? ' + "&position_size=" + size' : '';
  return `webhook = ${JSON.stringify(source.webhookUrl)};

function SendSignal(action, size)
{
    id = Name() + "-" + action + "-" + NumToStr(LastValue(DateTime()), formatDateTime);
    key = "orderlane-" + id;
    if (StaticVarGet(key) == 1) return;
    StaticVarSet(key, 1);
    body = "symbol=" + Name() + "&action=" + action + "&quantity=1" + "&signal_id=" + id${size}${secret};
    answer = InternetPostRequest(webhook, body);
    if (answer)
    {
        while ((line = InternetReadString(answer)) != "") printf(line);
        InternetClose(answer);
    }
    else StaticVarSet(key, 0);
}

if (LastValue(${first})) SendSignal("${enter}", "1");
if (LastValue(${second})) SendSignal("${leave}", "0");
`;
}
