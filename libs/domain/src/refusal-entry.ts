/** One line of the closed list of refusal codes. */
export interface RefusalEntry {
  /** OpenAlgo's text where it has one: senders and users match on it. */
  text: string;
  /** Of the webhook's or the form's answer; 200 where nothing is wrong. */
  httpStatus: number;
  /** When it is given. */
  meaning: string;
  /** What a person does about it. */
  cure: string;
}
