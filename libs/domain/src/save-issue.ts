/** Something about a form's field: an issue forbids saving, a warning does not. */
export interface SaveIssue {
  field: string;
  /** For people; OpenAlgo's words where it has some. */
  text: string;
}
