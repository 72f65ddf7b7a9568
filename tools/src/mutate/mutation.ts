/** One safeguard taken away, and the tests that have to notice. */
export interface Mutation {
  /** What is taken away. */
  name: string;
  edits: readonly Edit[];
  /** Paths from the root of the repository; one of them failing is enough. */
  tests: readonly string[];
}

/** `from` becomes `to` wherever it stands in there; it must stand there. */
export type Edit = Replacement &
  (
    | { kind: 'source'; file: string }
    /** A function of the database, as the last of its migrations left it. */
    | { kind: 'function'; name: string }
  );

interface Replacement {
  from: string;
  to: string;
}
